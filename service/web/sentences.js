// The sentences of a text that decide why it is there.

const ENDS = "。；;！？!?\n";
const SHORT = 16; // characters: a sentence of fewer says too little by itself

/** [from, to) of the first sentence with a highlight; without one, of the first; with the next where it is short. Offsets
 * count characters. */
export function decidingSentence(text, highlights) {
  const characters = Array.from(text);
  const at = highlights.length ? Math.min(highlights[0][0], characters.length - 1) : 0;
  let from = at;
  while (from > 0 && !ENDS.includes(characters[from - 1])) from -= 1;
  let to = at;
  while (to < characters.length && (!ENDS.includes(characters[to]) || to - from < SHORT)) to += 1;
  while (from < to && /\s/.test(characters[from])) from += 1;
  return [from, Math.min(to + 1, characters.length)];
}

/** All sentences with a highlight; …… where something is left out, at the ends too. */
export function excerptOf(text, highlights) {
  const characters = Array.from(text);
  const part = (from, to) => characters.slice(from, to).join("").trim();
  const spans = [];
  for (const highlight of highlights.length ? highlights : [[0, 0]]) {
    const [from, to] = decidingSentence(text, [highlight]);
    const last = spans[spans.length - 1];
    if (last && (from <= last[1] || !part(last[1], from))) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
  }
  const [begin, end] = [spans[0][0], spans[spans.length - 1][1]];
  return [part(0, begin) ? "……" : "", spans.map(([from, to]) => part(from, to)).join("……"), part(end) ? "……" : ""].join("");
}
