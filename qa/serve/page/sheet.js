// A page of a document in a frame that scrolls; what is cited comes to the middle.
export default function ({ data, parentElement }) {
  const frame = parentElement.querySelector(".sheet");
  let image = frame.querySelector("img");
  if (!image) {
    image = document.createElement("img");
    frame.append(image);
  }
  frame.setAttribute("aria-label", data.label);
  image.alt = data.alt;
  image.style.width = `${data.zoom * 100}%`;
  image.onload = () => {
    const [x, y] = data.focus;
    frame.scrollLeft = x * image.clientWidth - frame.clientWidth / 2;
    frame.scrollTop = y * image.clientHeight - frame.clientHeight / 2;
  };
  if (image.getAttribute("src") !== data.image) image.src = data.image;
  else image.onload();
}
