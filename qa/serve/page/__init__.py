"""What the page needs and Streamlit does not: its words, safe text, exports."""
