// A model server that nobody here wrote: npm's @copilotkit/aimock speaks OpenAI's chat completions with streams, tool calls, usage and faults.
import { LLMock } from "@copilotkit/aimock";

const mock = new LLMock({ port: 0, host: "127.0.0.1", chunkSize: 7 });
mock.on({ toolResultContains: "Pablo Picasso" }, { content: "Guernica was painted by Pablo Picasso. It was made in 1937." });
mock.on({ userMessage: /who made guernica/i }, { toolCalls: [{ name: "get_exhibit_info", arguments: '{"exhibit":"guernica"}' }] });
mock.on({ userMessage: /when was the scream painted/i }, { content: "The Scream belongs to Munch's Frieze of Life. This version of it is dated to the year 1893." }, { truncateAfterChunks: 8 });
mock.on({ userMessage: /who painted the scream/i }, { content: "The Scream was painted by Edvard Munch. He was a Norwegian." });
mock.on({ userMessage: /who painted the mona lisa/i }, { error: { message: "overloaded", type: "server_error" }, status: 503 });

const address = await mock.start();
console.log(`PORT ${new URL(address ?? mock.url).port}`);
