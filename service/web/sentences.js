// The sentence of a text that decides why it is there.

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
