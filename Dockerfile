FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Optional packages are local chat clients and the embedded servers' binaries: none is needed here.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund
COPY . .
RUN node scripts/generate.ts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=node:node /app .
USER node
EXPOSE 3978
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "scripts/container-start.ts"]
