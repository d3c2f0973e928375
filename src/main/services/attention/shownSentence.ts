/**
 * A refusal's sentence, which was written for whoever was refused. For somebody without the right to see prices the
 * amounts in it are left out.
 */
export function shownSentence(sentence: string, pricesShown: boolean): string {
  return pricesShown ? sentence : sentence.replaceAll(/\u2212?\$\d[\d,]*(?:\.\d{2})?/g, 'an amount')
}
