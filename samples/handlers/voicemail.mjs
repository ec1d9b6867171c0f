// A voicemail as a handler in Node, with nothing but what comes with it: who talks during the greeting leaves a message.
//
// Usage: node voicemail.mjs [PORT]    serves on 127.0.0.1, on a free port unless one is named, and prints its address.
//
// The platform sends the variables back that it was answered with: they hold the name of the step that a call is at.
import { createServer } from "node:http";

const say = (text) => `TTS|TTS_EN-GB_SERENA|${text}`;
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
// What a request has at least.
const kinds = {
  callid: Number.isInteger,
  call_status: (value) => typeof value === "string",
  command: (value) => typeof value === "string",
  command_result: (value) => typeof value === "string" || Number.isInteger(value),
  variables: isObject,
};

/** The request; an error if it is none. */
function read(body) {
  const request = JSON.parse(body);
  if (!isObject(request)) throw new Error("the request must be an object");
  for (const [name, isKind] of Object.entries(kinds)) {
    if (!isKind(request[name])) throw new Error(`${name} is missing or of a wrong type`);
  }
  return request;
}

/** The next command, and the step that its result belongs to. */
function next({ command_result: result, variables: { step = "begin" } }) {
  if (step === "begin") {
    const greeting = say("Nobody is here. If you want to leave a message, say yes.");
    const limits = { min_ms: 200, max_ms: 60000, silence_ms: 300, analysistime_ms: 3000 };
    return ["play_talk_detect", { media_id: greeting, ...limits }, "greet"];
  }
  if (step === "greet" && result !== "TALK") return ["play", { media_id: say("Good bye.") }, "end"];
  if (step === "greet" || (step === "choose" && result === "1"))
    return ["play", { media_id: say("Speak now, and press hash.") }, "invite"];
  if (step === "invite") return ["record", { silence: 4, max_duration: 120 }, "message"];
  if (step === "message" && result) return ["play_record", { media_file: result }, "listen"];
  // Without a recording there is nothing to listen to.
  if (step === "message" || step === "listen") {
    const prompt = say("To record it again, press 1.");
    return ["read", { media_id: prompt, max_digits: 1, attempts: 1, timeout_ms: 4000 }, "choose"];
  }
  if (step === "choose") return ["play", { media_id: say("Thank you. Good bye.") }, "end"];
  return ["hangup", {}, "end"];
}

function answer({ call_status: status, variables, ...request }) {
  if (status !== "UP" && status !== "INCOMING_CALL") return {};
  const [command, params, step] = next({ ...request, variables });
  return { command, command_id: step, params, variables: { ...variables, step } };
}

const server = createServer(async (incoming, outgoing) => {
  const reply = (status, value) =>
    outgoing.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
  try {
    incoming.setEncoding("utf8");
    const body = (await incoming.toArray()).join("");
    reply(200, answer(read(body)));
  } catch (error) {
    reply(400, { error: error.message });
  }
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
