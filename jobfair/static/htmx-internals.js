// The one place that touches what htmx and hx-sse do not document. A test looks these names up in
// the vendored files: a release that renames them fails there, and not at the fair.
"use strict";

// Ends a stream's connection so that hx-sse opens the next one at once.
function cutConnection(connection) {
  connection?.delayCanceller?.(); // was waiting before its next try
  connection?.reader?.cancel().catch(() => {}); // was reading from a line gone dead
}

// Ends an element's stream for good: `htmx:abort` alone ends a request, not a stream.
function endStream(element) {
  htmx.trigger(element, "htmx:abort");
  element._htmx?.sse?.abortController.abort();
}
