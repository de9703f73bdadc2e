"use strict";

const assert = require("node:assert");
const Module = require("node:module");
const test = require("node:test");
const { serverCommand } = require("../command.js");

test("the command is the configured one, with the folder in its place", () => {
  const made = serverCommand(["${workspaceFolder}/.venv/bin/edition", "lsp"], "/texts");
  assert.deepEqual(made, {
    command: "/texts/.venv/bin/edition",
    args: ["lsp"],
    options: { cwd: "/texts" },
  });
});

test("what is no command is the usual one", () => {
  for (const wrong of [undefined, null, [], "edition", [7]]) {
    assert.equal(serverCommand(wrong, "/texts").command, "edition");
  }
});

test("the package brings the client that it starts", () => {
  const { dependencies } = require("../package.json");
  const found = require("../package-lock.json").packages;
  for (const [name, version] of Object.entries(dependencies)) {
    assert.equal(found[`node_modules/${name}`].version, version);
    assert.equal(require(`${name}/package.json`).version, version);
  }
});

test("activating starts the server, and a failure is told", async () => {
  const told = [];
  const started = [];
  const fakes = {
    vscode: {
      workspace: {
        workspaceFolders: [{ uri: { fsPath: "/texts" } }],
        getConfiguration: () => ({ get: () => ["edition", "lsp"] }),
        createFileSystemWatcher: (pattern) => pattern,
      },
      window: { showErrorMessage: (words) => told.push(words) },
      commands: { registerCommand: (name) => ({ name }) },
    },
    "vscode-languageclient/node": {
      LanguageClient: class {
        constructor(id, name, server) {
          started.push(server);
        }
        async start() {
          throw new Error("spawn edition ENOENT");
        }
        async stop() {}
      },
    },
  };
  const load = Module._load;
  Module._load = (name, ...rest) => fakes[name] ?? load(name, ...rest);
  try {
    const { activate, deactivate } = require("../extension.js");
    const context = { subscriptions: [] };
    await activate(context);
    assert.equal(started[0].command, "edition");
    assert.equal(context.subscriptions[0].name, "edition.restart");
    assert.match(told[0], /ENOENT.*pip install/);
    await deactivate();
  } finally {
    Module._load = load;
  }
});
