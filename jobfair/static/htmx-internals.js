// The only place that uses undocumented parts of htmx and hx-sse. A test looks these names up in
// the vendored files, so that a release that renames them fails the test.
"use strict";

// Ends a stream's connection so that hx-sse opens the next one at once.
function cutConnection(connection) {
  connection?.delayCanceller?.(); // was waiting before its next try
  connection?.reader?.cancel().catch(() => {}); // was reading from a line gone dead
}

// Whether a connection is open, and not between two tries.
const isReading = (connection) => Boolean(connection?.reader);

// Lets the next try of a connection go on after this event.
function resumeAfter(connection, id) {
  connection.lastEventId = id;
}

// Ends an element's stream for good: `htmx:abort` alone ends a request, not a stream.
function endStream(element) {
  htmx.trigger(element, "htmx:abort");
  element._htmx?.sse?.abortController.abort();
}
