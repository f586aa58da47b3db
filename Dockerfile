# docker build -t yaodian .
# docker run --rm -p 8000:8000 yaodian
FROM python:3.11-slim AS build
# For other encoders: --build-arg EXTRAS=[encoders], and the package index that carries CPU builds of torch.
ARG EXTRAS=
ARG TORCH_INDEX_URL=
RUN python -m venv /venv
RUN if [ -n "$TORCH_INDEX_URL" ]; then /venv/bin/pip install --no-cache-dir --index-url "$TORCH_INDEX_URL" torch==2.13.0; fi
COPY . /source
RUN /venv/bin/pip install --no-cache-dir "/source$EXTRAS"
# What no service needs: installers, the model hub's client (where no other encoder is to be fetched), libraries' tests and tools.
RUN /venv/bin/pip uninstall -y setuptools $([ -n "$EXTRAS" ] || echo huggingface-hub hf-xet) pip \
    && cd /venv/lib/python3.11/site-packages \
    && find . -type d -name tests -prune -exec rm -rf {} + \
    && rm -rf onnxruntime/transformers onnxruntime/tools onnxruntime/quantization onnxruntime/datasets onnxruntime/backend jieba/lac_small
RUN /venv/bin/yaodian index --data /data

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin yaodian
COPY --from=build /venv /venv
COPY --from=build --chown=10001 /data /data
ENV PATH=/venv/bin:$PATH YAODIAN_DATA=/data PYTHONUNBUFFERED=1
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
CMD ["yaodian", "serve", "--host", "0.0.0.0", "--port", "8000"]
