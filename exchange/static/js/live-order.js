// Which of two frames about one thing tells how it is now. Each has the thing as it was once event `at` was
// the last one known, whatever event it is of: ids may be committed out of order, so that the frame that
// says "hidden" may have a lower one than what was shown before it.

// `last` is the frame that is shown. What comes again stays as it is, with what its reader did to it. Who
// says more by a verb than by the content names it.
export function isOld(frame, last) {
  if (!last) return false;
  if (frame.at < last.at) return true;
  if (frame.content !== last.content) return false;
  const comesAgain = frame.event <= last.event || (frame.at === last.at && frame.verb === last.verb);
  if (comesAgain) last.at = frame.at;
  return comesAgain;
}

// What is asked for meanwhile may be older than what the socket brought, and have the same number: whoever
// takes one for the other asks once more.
export function isDoubtful(frame, last) {
  return frame.at === last?.at && frame.content !== last.content;
}
