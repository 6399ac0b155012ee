import { expect, test } from "vitest";
import { FrameDecoder, readEvent } from "./events";

test("frames are complete however the stream is split, without comments and the end mark", () => {
  const stream = 'data: {"a":1}\n\n: keepalive\n\ndata: {"b":\ndata: 2}\r\n\r\ndata: [DONE]\n\n';
  for (let size = 1; size <= stream.length; size += 1) {
    const frames = new FrameDecoder();
    const found: string[] = [];
    for (let at = 0; at < stream.length; at += size) found.push(...frames.push(stream.slice(at, at + size)));
    expect(found, `${size}`).toEqual(['{"a":1}', '{"b":\n2}']);
  }
});

test("the events of a turn are read", () => {
  const read = (event: object) => readEvent(JSON.stringify(event));
  expect(read({ type: "start", messageMetadata: { conversation_id: 42 } })).toEqual({
    type: "start",
    conversation: 42,
  });
  expect(read({ type: "text-delta", id: "t", delta: "hi" })).toEqual({ type: "text", id: "t", delta: "hi" });
  expect(read({ type: "tool-input-available", toolCallId: "c", toolName: "add_task", input: { title: "x" } })).toEqual({
    type: "input",
    call: "c",
    tool: "add_task",
    input: { title: "x" },
  });
  expect(read({ type: "tool-approval-request", approvalId: "p", toolCallId: "c" })).toEqual({
    type: "asks",
    call: "c",
    approval: "p",
  });
});

test("unknown events are ignored", () => {
  for (const frame of ["", "{", "null", "[]", '{"type":"start-step"}', '{"type":"data-x","data":{}}']) {
    expect(readEvent(frame), frame).toBeNull();
  }
});
