# One image for both roles: `start` (sources, desk, workers) and `start --role worker` (workers only).
FROM node:24-bookworm-slim AS packages
WORKDIR /sitrep
COPY package.json package-lock.json ./
RUN npm install --no-save --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
# The process needs no right to change what it runs: the tree belongs to root, the process is `node`, and the only
# place it writes to is the data folder.
ENV NODE_ENV=production SITREP_SKIP_INSTALL=1 SITREP_DATA=/data
WORKDIR /sitrep
COPY --from=packages /sitrep/node_modules ./node_modules
COPY package.json package-lock.json LICENSE NOTICE ./
COPY scripts/run.mjs ./scripts/run.mjs
COPY src ./src
COPY config ./config
# The engine is put together once, here: the tree cannot be written to when the image runs.
RUN echo '{"id":"","text":""}' | node scripts/run.mjs src/cli/main.ts extract --jsonl > /dev/null
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 4720
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["node", "scripts/run.mjs", "src/cli/main.ts", "doctor", "--quiet"]
ENTRYPOINT ["node", "scripts/run.mjs", "src/cli/main.ts"]
CMD ["start"]
