// The command that starts the server; apart from extension.js, so that it is tested without VS Code.
"use strict";

function serverCommand(configured, folder) {
  const words = Array.isArray(configured) ? configured.filter((w) => typeof w === "string") : [];
  const [command, ...args] = words.length ? words : ["edition", "lsp"];
  const filled = (word) => word.replaceAll("${workspaceFolder}", folder ?? "");
  return { command: filled(command), args: args.map(filled), options: { cwd: folder } };
}

module.exports = { serverCommand };
