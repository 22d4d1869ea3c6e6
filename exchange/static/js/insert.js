// Puts words into a text field as if they had been typed: undo takes them back, and whoever listens
// to the field hears of them.

export function insert(field, words, from, to) {
  field.focus();
  field.setSelectionRange(from, to);
  // An old command, and the only way of writing that undo knows of.
  if (document.execCommand("insertText", false, words)) return;
  field.setRangeText(words, from, to, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: words }));
}
