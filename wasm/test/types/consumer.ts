// What a strict TypeScript program may do with gongkai. Compiled, not run.
import init, {
  GongkaiInternalError, hints, parse, parseJson, read, ReadError, reread, series, type Figure, type Hint, type Report, type Series, type Span,
} from 'gongkai'; // prettier-ignore
import { loaded } from 'gongkai/load';
import initText, { parse as parseText, type Figure as FigureOfText } from 'gongkai/text';
import { openWorker } from 'gongkai/worker';

await init();
await init(new URL('https://example.invalid/gongkai_bg.wasm'));

await initText();
const figureOfText: FigureOfText | undefined = parseText('text').figures[0];
const report: Report = parse('text');
const json: string = parseJson('text', { offsets: 'utf-8' });
parse('text', { offsets: 'code-point' });
const { text, report: other }: { text: string; report: Report } = read(new Uint8Array(), { contentType: 'text/html', maxBytes: 1 });
const page: number | undefined = other.figures[0]?.location?.page;

const years: Series[] = series([{ name: 'a', text, report }, { text, report: other }], { oneAgency: true });
const known: Hint[] = hints([{ text, report }], { oneAgency: true })[0]!;
parse('text', { hints: [...known, { path: 'requests/carried_over/total', minus: ['a'], value: '1.5', reason: { zh: '甲', en: 'b' } }] });
const { decided, reports }: { decided: number[]; reports: Report[] } = reread([{ text, report, bytes: new ArrayBuffer(1) }, { text, report: other }], {
  oneAgency: true,
  hints: known,
});
const late: Report | undefined = (await (await loaded()).reread([{ text, report }])).reports[decided[0] ?? 0] ?? reports[0];
const worker = openWorker({ deadline: 1000 });
const awaited: Report = (await worker.read(new ArrayBuffer(1))).report;
worker.close();

// @ts-expect-error a correction is what is written into the cell
parse('text', { corrections: { [awaited.figures[0]!.path]: years.length } });
// @ts-expect-error each report has its own unit
reread([], { offsets: late?.offsets });
// @ts-expect-error a hint says how it is known
parse('text', { hints: [{ path: 'a', value: 1 }] });
// @ts-expect-error a number is no text
parse(1);
// @ts-expect-error no such unit
parse('text', { offsets: 'bytes' });
// @ts-expect-error a value may be missing
const wrong: number = report.figures[0]!.value;

export function total(figures: Figure[]): number {
  return figures.reduce((sum, { value }) => (typeof value === 'number' ? sum + value : sum), 0);
}

export function piece(text: string, span: Span | null): string | undefined {
  return span === null ? undefined : text.slice(...span);
}

try {
  parse(json);
} catch (error) {
  if (error instanceof ReadError) console.error(error.zh, error.limit, text, page, figureOfText);
  if (error instanceof GongkaiInternalError) console.error(error.message, wrong);
}
