# One image for web and worker. `--build-arg WITH_R=1` adds R for Execute R Script.

FROM node:22-slim AS page
WORKDIR /src
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build

FROM python:3.12-slim
ARG WITH_R=0
RUN if [ "$WITH_R" = 1 ]; then \
      apt-get update && apt-get install -y --no-install-recommends r-base-core && rm -rf /var/lib/apt/lists/*; fi
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --compile -r requirements.txt
COPY manage.py ./
COPY modules ./modules
COPY studio ./studio
COPY workers ./workers
COPY --from=page /src/dist ./frontend/dist
RUN python -m compileall -q modules studio workers \
 && useradd --uid 10001 --create-home studio && mkdir /data && chown studio:studio /data
USER studio
ENV STUDIO_HOME=/data STUDIO_HOST=0.0.0.0 PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
CMD ["python", "manage.py", "up"]
