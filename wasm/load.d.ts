import type * as gongkai from './index.d.ts';

type Source = Parameters<typeof gongkai.default>[0];
type Functions = Omit<typeof gongkai, 'default' | 'read' | 'readJson' | 'reread'>;

/** The functions of `gongkai` over both builds: the one with the readers of PDF and spreadsheets is loaded when such a file comes. */
export type Loaded = Functions & {
  read(...given: Parameters<typeof gongkai.read>): Promise<gongkai.Reading>;
  readJson(...given: Parameters<typeof gongkai.readJson>): Promise<ReturnType<typeof gongkai.readJson>>;
  reread(...given: Parameters<typeof gongkai.reread>): Promise<gongkai.Reread>;
};

/** Loads the small build. `sources` are the addresses of both .wasm files, if they do not lie beside the scripts. */
export function loaded(sources?: { core?: Source; full?: Source }): Promise<Loaded>;
