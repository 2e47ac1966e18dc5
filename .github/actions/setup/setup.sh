#!/usr/bin/env bash
# Installs what galops needs into the checkout that this action is part of, and makes it known to the next steps.
set -euo pipefail
home=$(cd "$GALOPS_ACTION/../../.." && pwd)
if [ ! -d "$home/node_modules/commander" ]; then
  # No scripts of packages are run.
  npm ci --prefix "$home" --omit=dev --ignore-scripts --no-audit --no-fund
fi
bin="$RUNNER_TEMP/galops-bin"
mkdir -p "$bin"
cat > "$bin/galops" <<SH
#!/usr/bin/env bash
exec node "$home/src/cli/bin.ts" "\$@"
SH
chmod 755 "$bin/galops"
echo "$bin" >> "$GITHUB_PATH"
echo "version=$("$bin/galops" version)" >> "$GITHUB_OUTPUT"
