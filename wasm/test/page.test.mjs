// The page as a user works with it, in a real Chromium.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createRequire } from 'node:module';
import { parse, read } from 'gongkai';
import { downloaded, drop, file, hold, letGo, onPage, REPOSITORY, tasksDuring } from './checking-page.mjs';
import { skip } from './chromium.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SAMPLE = 'samples/report-2023.txt';
const CARRIED = 'requests/carried_forward/natural_person';
const titleIs = (page, title) => page.waitForFunction((title) => document.querySelector('.report h1')?.textContent === title, title);
const cell = (page, path) => page.locator(`.figure[data-path="${path}"]`);
const figure = ({ figures }, path) => figures.find((figure) => figure.path === path);

/** Serious findings of axe-core, in short. */
async function unfit(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160))}`);
}

const user = (name, work) => test(name, { skip, timeout: 100_000 }, () => onPage(work));

user('files of each format are read, and not one request is made', async ({ page, requests, trouble }) => {
  const loaded = requests.length;
  const expected = read(new Uint8Array(readFileSync(`${REPOSITORY}tests/formats/2021/office.docx`))).report;
  for (const name of ['office.docx', 'office.html', 'gbk.html', 'chromium.pdf', 'office.xlsx']) {
    await drop(page, [file(`tests/formats/2021/${name}`)]);
    await page.waitForFunction((name) => document.querySelector('.report-title .quiet')?.textContent.includes(name), name);
    const path = 'requests/granted/total';
    assert.equal(await cell(page, path).locator('.value').textContent(), String(figure(expected, path).value), name);
  }
  await page.evaluate(
    (text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    },
    readFileSync(`${REPOSITORY}${SAMPLE}`, 'utf8'),
  );
  await titleIs(page, '示例市人民政府2023年政府信息公开工作年度报告');
  await drop(page, [file('scan.png', [0x89, 0x50, 0x4e, 0x47])]);
  await page.waitForSelector('.all-table .failed');
  assert.match(await page.textContent('.all-table .failed'), /PNG 图片.*OCR/);
  assert.deepEqual(requests.slice(loaded), []);
  assert.deepEqual(trouble, []);
});

user('a click on a cell shows its place in the source, and back', async ({ page, trouble }) => {
  await page.click('.samples li:nth-child(1) button');
  await cell(page, CARRIED).click();
  assert.equal(await page.textContent('.source-box mark.chosen'), '3');
  assert.equal(await page.getAttribute('.source-box mark.chosen', 'data-path'), CARRIED);
  assert.match(await page.textContent('.cell-box'), /四、结转下年度继续办理 · 自然人/);
  await page.click('.source-box mark[data-path="requests/granted/commercial_enterprise"]');
  assert.equal(await page.getAttribute('.figure.chosen', 'data-path'), 'requests/granted/commercial_enterprise');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.path), 'requests/partially_granted/research_institution');
  assert.deepEqual(trouble, []);
});

user('findings lead to their place, show their sum and are filtered', async ({ page }) => {
  await page.click('.samples li:nth-child(1) button');
  await page.waitForSelector('.finding');
  const all = await page.locator('.finding').count();
  assert.equal(all, parse(readFileSync(`${REPOSITORY}${SAMPLE}`, 'utf8')).findings.length);
  await page.click('.finding[data-code=GK201] .finding-head');
  assert.match((await page.textContent('.finding[data-code=GK201] .arithmetic')).replace(/\s/g, ''), /^14.*\+2.*=16≠14.*\+3.*=17$/);
  assert.match(await page.textContent('.finding[data-code=GK201] dl'), /核对该列四项数据。.*表内勾稽关系/);
  assert.equal(await page.locator('.figure.pointed').count(), 4);
  assert.equal(await page.evaluate(() => [...CSS.highlights.get('pointed')].join('')), '14');
  await page.click('.chip.note');
  assert.equal(await page.locator('.finding').count(), 2);
  await page.selectOption('.filters select >> nth=1', '5');
  assert.equal(await page.textContent('.findings > .quiet'), '没有符合筛选条件的问题。');
});

user('a repair is a preview until it is applied; a cell is corrected in place; every step is undone', async ({ page, trouble }) => {
  await page.click('.samples li:nth-child(1) button');
  const errors = async () => Number(await page.textContent('.tally >> nth=0 >> b'));
  const value = () => cell(page, CARRIED).locator('.value').textContent();
  await page.click('.finding[data-code=GK211] .finding-head');
  await page.click('.offer button >> nth=0');
  await page.waitForSelector('.preview-banner:not([hidden])');
  assert.deepEqual([await value(), await errors()], ['2', 1]);
  await page.click('.offer button >> nth=0');
  await page.waitForSelector('.preview-banner', { state: 'hidden' });
  assert.equal(await value(), '3');
  await page.click('.offer .primary');
  await page.waitForSelector(`.figure.corrected[data-path="${CARRIED}"]`);
  assert.deepEqual([await value(), await errors(), await page.locator('.finding[data-code=GK201]').count()], ['2', 0, 0]);
  await page.click('text=撤销');
  await page.waitForSelector(`.figure.broken[data-path="${CARRIED}"]`);
  assert.deepEqual([await value(), await errors()], ['3', 1]);

  await cell(page, CARRIED).focus();
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.figure.corrected[data-path="${CARRIED}"]`);
  assert.deepEqual([await value(), await errors()], ['2', 0]);
  await page.click('.menu summary');
  const { name, bytes } = await downloaded(page, () => page.click('text=Word 表格'));
  assert.equal(name, '示例市人民政府2023年政府信息公开工作年度报告.docx');
  const again = read(bytes).report;
  assert.equal(figure(again, CARRIED).value, 2);
  assert.equal(again.findings.filter(({ severity }) => severity === 'error').length, 0);
  for (const [words, suffix] of [
    ['网页表格', 'html'],
    ['数据（', 'csv'],
    ['完整结果', 'json'],
    ['Markdown', 'md'],
  ]) {
    await page.click('.menu summary');
    const { name, bytes } = await downloaded(page, () => page.click(`.menu li button:has-text("${words}")`));
    assert.ok(name.endsWith(`.${suffix}`), name);
    const content = new TextDecoder().decode(bytes);
    if (suffix === 'csv') assert.match(content, new RegExp(`"?${CARRIED}"?,[^\\n]*,2,,件,3,2,corrected,`));
    else if (suffix === 'json') assert.equal(figure(JSON.parse(content), CARRIED).correction, '2');
    else assert.equal(figure(read(bytes).report, CARRIED).value, 2, suffix);
  }
  await cell(page, CARRIED).click();
  await page.click('text=恢复原文');
  await page.waitForSelector(`.figure.broken[data-path="${CARRIED}"]`);
  assert.deepEqual(trouble, []);
});

user('the tables are copied as Word pastes them', async ({ page, context, trouble }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.click('.samples li:nth-child(1) button');
  await page.click('.menu summary');
  await page.click('text=复制表格');
  await page.waitForSelector('.menu-box [role=status]:text("已复制")');
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return (await item.getType('text/html')).text();
  });
  const { report } = read(new TextEncoder().encode(copied));
  assert.deepEqual([report.tables.length, figure(report, CARRIED).value], [3, 3]);
  assert.match(copied, /<table border="1"/);
  assert.deepEqual(trouble, []);
});

user('everything can be done from the keyboard', async ({ page, trouble }) => {
  /** Tab by tab, or back, to what a selector names. */
  const go = async (selector, key = 'Tab') => {
    for (let presses = 0; presses < 120; presses += 1) {
      await page.keyboard.press(key);
      if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
    }
    assert.fail(`the keys do not lead to ${selector}`);
  };
  const at = () => page.evaluate(() => document.activeElement.dataset.path ?? document.activeElement.className);
  page.on('filechooser', () => {}); // from now on the browser's own dialog stays away
  await go('.skip');
  await go('.drop .button');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles(`${REPOSITORY}${SAMPLE}`);
  await titleIs(page, '示例市人民政府2023年政府信息公开工作年度报告');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');

  // A finding, its sum, the cell that is wrong.
  await go('.finding[data-code=GK201] .finding-head');
  await page.keyboard.press('Enter');
  assert.equal(await page.getAttribute('.finding[data-code=GK201] .finding-head', 'aria-expanded'), 'true');
  for (let term = 0; term < 4; term += 1) await go('.finding[data-code=GK201] .term');
  await page.keyboard.press('Enter');
  assert.equal(await at(), CARRIED);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('F2');
  await page.keyboard.type('2');
  await page.keyboard.press('Escape');
  assert.equal(await cell(page, CARRIED).locator('.value').textContent(), '3');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.figure.corrected[data-path="${CARRIED}"]`);
  assert.equal(await at(), CARRIED);

  // A check of the cell leads on, and back with another one.
  await go('.cell-checks .term');
  await page.keyboard.press('Enter');
  assert.match(await at(), /^requests\/.*\/natural_person$/);

  // Undone and done again; exported; the other language.
  await go('.actions .button', 'Shift+Tab');
  while (!(await page.evaluate(() => document.activeElement.textContent === '撤销'))) await go('.actions .button', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.figure.broken[data-path="${CARRIED}"]`);
  assert.notEqual(await page.evaluate(() => document.activeElement), null);
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY');
  await cell(page, CARRIED).focus();
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.figure.corrected[data-path="${CARRIED}"]`);
  await go('.menu summary', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await go('.menu li button');
  const { bytes } = await downloaded(page, () => page.keyboard.press('Enter'));
  assert.equal(figure(read(bytes).report, CARRIED).value, 2);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY');
  await go('.tools .link[lang]', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.documentElement.lang === 'en' && document.activeElement.tagName === 'H1');
  assert.deepEqual(trouble, []);
});

user('an open row is settled by one of its readings', async ({ page, trouble }) => {
  await page.click('.samples li:nth-child(3) button');
  await page.click('.finding[data-code=GK101] .finding-head >> nth=1');
  const offers = page.locator('.finding[data-code=GK101] >> nth=1 >> .offer');
  assert.deepEqual(await offers.locator('.reading').allTextContents(), ['200空白103', '20空白0103', '2空白00103']);
  assert.equal(await page.locator('.sheet[data-table=requests] .figure.ambiguous').count(), 3);
  await offers.nth(2).locator('.primary').click();
  await page.waitForSelector('.sheet[data-table=requests] .figure.corrected');
  assert.equal(await page.locator('.sheet[data-table=requests] .figure.ambiguous').count(), 0);
  assert.equal(await page.locator('.sheet[data-table=requests] .figure.corrected').count(), 3);
  assert.deepEqual(trouble, []);
});

user('two years of one agency are checked against each other and compared', async ({ page, trouble }) => {
  await drop(page, [file('samples/report-2022.txt'), file(SAMPLE)]);
  await page.waitForSelector('.comparison table');
  assert.match(await page.textContent('.chain > .quiet'), /10 项相符，2 项不符，1 项无法判断/);
  const finding = page.locator('.finding[data-code=GK401]').first();
  assert.match((await finding.locator('.arithmetic').textContent()).replace(/\s/g, ''), /^2.*2023≠3.*2022$/);
  const row = page.locator('.comparison tbody tr', { hasText: '行政许可' });
  assert.match((await row.textContent()).replace(/\s/g, ' '), /11301204\+74/);
  assert.equal(await page.locator('.trend-grid svg').first().getAttribute('aria-label'), '新收申请: 2022 13, 2023 18');
  const { name, bytes } = await downloaded(page, () => page.click('text=对照表导出 CSV'));
  assert.equal(name, '示例市人民政府 2022-2023.csv');
  const [head, ...lines] = new TextDecoder().decode(bytes).trimEnd().split('\r\n');
  assert.equal(head, 'path,label,column,kind,year_a,value_a,missing_a,raw_a,status_a,year_b,value_b,missing_b,raw_b,status_b,change');
  assert.equal(lines.length, await page.locator('.comparison tbody tr').count());
  assert.ok(lines.includes('proactive_disclosure/administrative_licensing/decisions,行政许可,本年处理决定数量,changed,2022,1130,,1130,printed,2023,1204,,1204,printed,74'));
  await finding.locator('.term').last().click();
  await titleIs(page, '示例市人民政府2022年政府信息公开工作年度报告');
  assert.equal(await page.textContent('.source-box mark.chosen'), '3');
  assert.deepEqual(trouble, []);
});

user('what a report leaves open, another year decides, and says how', async ({ page, trouble }) => {
  const [before, after] = ['2020', '2021'].map((year) => file(`tests/series/year-before-decides/${year}.txt`));
  const other = 'requests/carried_over/other_organization';
  await drop(page, [after]);
  await page.waitForSelector(`.figure.ambiguous[data-path="${other}"]`);
  await drop(page, [before]);
  await titleIs(page, '样本县水利局2020年政府信息公开工作年度报告');
  await page.selectOption('select.files', { label: '2021.txt' });
  await page.waitForSelector(`.figure.beside[data-path="${other}"]`);
  assert.deepEqual(await cell(page, other).locator('span').allTextContents(), ['10', '⇄']);
  assert.match(await cell(page, other).getAttribute('aria-label'), /10, 由前后年报告确定$/);
  assert.equal(await page.locator('.figure.ambiguous').count(), 0);
  const finding = page.locator('.finding[data-code=GK111]', { hasText: '2020 年报告与 GK401' });
  await finding.locator('.finding-head').click();
  const sum = finding.locator('.arithmetic', { hasText: '10' }).first();
  assert.match((await sum.textContent()).replace(/\s/g, ''), /^10.*2021=10.*2020$/);

  // A correction elsewhere leaves it decided; its reason is one click away.
  await cell(page, 'requests/received/total').focus();
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.figure.corrected');
  assert.equal(await page.locator('.figure.beside').count(), 7);
  await finding.locator('.arithmetic .term', { hasText: '2020' }).first().click();
  await titleIs(page, '样本县水利局2020年政府信息公开工作年度报告');
  assert.match(await page.getAttribute('.figure.chosen', 'data-path'), /^requests\/carried_forward\//);

  // Without the year before it is open again.
  await page.click('.tab >> nth=1');
  await page.click('.all-table button[aria-label="移除 2020.txt"]');
  await page.waitForFunction(() => document.querySelectorAll('.all-table tbody tr').length === 1);
  await page.click('.all-table tbody button');
  await page.waitForSelector(`.figure.ambiguous[data-path="${other}"]`);
  assert.deepEqual(trouble, []);
});

user('the first result of a page of 60 KB comes at once', async ({ page }) => {
  const menu = '<ul>' + '<li><a href="/xxgk/">政府信息公开 市政府部门 互动交流</a></li>'.repeat(600) + '</ul>';
  const bytes = readFileSync(`${REPOSITORY}tests/pages/2021.html`, 'utf8').replace(/<body[^>]*>/, `$&${menu}`);
  assert.ok(Buffer.byteLength(bytes) > 55_000 && Buffer.byteLength(bytes) < 70_000, `${Buffer.byteLength(bytes)} bytes`);
  const [times, work] = [[], []];
  const total = (tasks) => tasks.reduce((sum, task) => sum + task, 0);
  for (const name of ['cold.html', 'warm.html', 'again.html', 'once-more.html', 'and-again.html']) {
    const took = page.evaluate(
      (name) =>
        new Promise((done) => {
          let began;
          addEventListener('drop', () => (began = performance.now()), { capture: true, once: true });
          new MutationObserver((_, observer) => {
            if (!document.querySelector('.report-title .quiet')?.textContent.includes(name) || !document.querySelector('.finding')) return;
            observer.disconnect();
            done(Math.round(performance.now() - began));
          }).observe(document.body, { childList: true, subtree: true });
        }),
      name,
    );
    await hold(page, [file(name, Buffer.from(bytes))]);
    const { main, worker } = await tasksDuring(page, async () => {
      await letGo(page);
      times.push(await took);
    });
    work.push(total(main) + total(worker));
  }
  console.log(`first result of a page of 60 KB: [${times}] ms, of processor time [${work}] ms, the first one cold`);
  // What else the machine does costs time, and some processor time; where nothing else runs both are about 100 ms.
  assert.ok(Math.min(...work.slice(1)) < 200, `${work}`);
  assert.ok(Math.min(...times.slice(1)) < 600, `${times}`);
});

user('a file that hangs, a worker that dies and a file that is gone are errors of that file only', async ({ page, trouble }) => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-'));
  const names = ['one.txt', 'hangs.txt', 'gone.txt', 'two.txt'];
  for (const name of names) writeFileSync(join(folder, name), readFileSync(`${REPOSITORY}${SAMPLE}`));
  await page.goto(`${page.url()}?deadline=2`);
  await page.waitForSelector('.blank-forms li');
  const rows = page.locator('.all-table tbody tr');
  const failed = async () => Object.fromEntries(await page.locator('.all-table .failed').evaluateAll((rows) => rows.map((row) => [row.cells[0].textContent, row.cells[1].textContent])));
  const add = (...names) => page.setInputFiles('input[type=file]', names.map((name) => join(folder, name))); // prettier-ignore
  const reader = () => page.workers().findLast((worker) => worker.url().endsWith('thread.js'));
  const inReader = (work) => void reader().evaluate(work).catch(() => {}); // which never answers

  // Something else keeps the worker: the file waits for it until its time is over. Meanwhile another one is moved away.
  await add('one.txt');
  await titleIs(page, '示例市人民政府2023年政府信息公开工作年度报告');
  rmSync(join(folder, 'one.txt')); // what was read is kept
  inReader(() => { for (;;); }); // prettier-ignore
  await add('hangs.txt', 'gone.txt', 'two.txt');
  rmSync(join(folder, 'gone.txt'));
  await page.waitForSelector('.all-table tbody tr:nth-child(4)');
  assert.equal(await rows.count(), 4);
  assert.deepEqual(await failed(), {
    'hangs.txt': '无法读取: 读取超过 2 秒，已中止',
    'gone.txt': '无法读取: 文件已被移走、删除或改动，请重新放入',
  });

  // A worker that is gone says nothing more. What it had read is read again.
  inReader(() => self.close());
  await add('hangs.txt');
  await page.waitForSelector('.all-table tbody tr:nth-child(5)');
  await page.click('.all-table tbody tr:nth-child(1) button');
  await titleIs(page, '示例市人民政府2023年政府信息公开工作年度报告');

  // One that breaks says what it was.
  await reader().evaluate(() => {
    self.postMessage = () =>
      setTimeout(() => {
        throw new Error('out of order');
      });
  });
  await add('two.txt');
  await page.waitForSelector('.all-table tbody tr:nth-child(6)');
  const reasons = await page.locator('.all-table .failed td:nth-child(2)').allTextContents();
  assert.equal(reasons.length, 4);
  assert.match(reasons[2], /读取超过 2 秒，已中止/);
  assert.match(reasons[3], /读取中断（.*out of order）/);
  await page.click('.all-table tbody tr:nth-child(4) button');
  await titleIs(page, '示例市人民政府2023年政府信息公开工作年度报告');
  assert.deepEqual(trouble, []);
  rmSync(folder, { recursive: true });
});

user('two hundred files are one table and one CSV, and the page goes on answering', async ({ page, requests, trouble }) => {
  const text = readFileSync(`${REPOSITORY}${SAMPLE}`, 'utf8');
  const files = Array.from({ length: 200 }, (_, i) => file(`report-${i}.txt`, Buffer.from(text.replaceAll('示例市', `示例${i}市`))));
  const loaded = requests.length;
  await hold(page, files);
  const {
    main: [longest],
  } = await tasksDuring(page, async () => {
    await letGo(page);
    await page.waitForSelector('.all-table tbody tr:nth-child(200)', { timeout: 60_000 });
  });
  console.log(`the longest task of the main thread while 200 files were read: ${longest} ms of processor time`);
  assert.ok(longest > 0 && longest < 120, `${longest}`); // 50 ms where nothing else runs
  await page.click('.all-table thead button:text-is("文件")');
  await page.click('.all-table thead button:text-is("文件")');
  await page.waitForFunction(
    () =>
      document.querySelector('.all-table tbody th')?.textContent === 'report-199.txt' &&
      document.querySelectorAll('.all-table tbody tr').length === 200,
  );
  const { bytes } = await downloaded(page, () => page.click('text=全部数据导出 CSV'));
  const lines = new TextDecoder().decode(bytes).trimEnd().split('\r\n');
  assert.equal(lines.length, 1 + 200 * parse(text).figures.length);
  assert.deepEqual(requests.slice(loaded), []);
  assert.deepEqual(trouble, []);
});

user('the check report is printed', async ({ page }) => {
  await page.click('.samples li:nth-child(1) button');
  await page.waitForSelector('.finding');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const seen = await page.evaluate(() => document.body.innerText); // what is not printed is not in it
  for (const expected of ['政府信息公开工作年度报告核对报告', 'GK201', '表内勾稽关系', '核对人：']) assert.ok(seen.includes(expected), expected);
  assert.ok(!seen.includes('添加文件'));
  assert.ok((await page.pdf()).length > 1000);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(await page.locator('.paper').count(), 0);
});

user('names of rows and columns stay in view, also on a small screen', async ({ page, trouble }) => {
  await drop(page, [file('samples/report-2022.txt'), file(SAMPLE)]);
  await page.waitForSelector('.comparison table');
  /** How far names stand from the corner of the box, once it is scrolled. */
  const stay = (box, [across, down], names) =>
    page.evaluate(
      async ([box, across, down, names]) => {
        const scrolled = document.querySelector(box);
        scrolled.scrollTo(across, down);
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const { left, top, height } = scrolled.getBoundingClientRect();
        const place = (name) => [...document.querySelectorAll(name)].map((e) => e.getBoundingClientRect()).find(({ bottom, y }) => bottom > top + height / 2 && y < top + height / 2); // prettier-ignore
        const [row, column] = [place(names[0]), document.querySelector(names[1]).getBoundingClientRect()];
        return [scrolled.scrollLeft > 0, Math.round(row.left - left), Math.round(column.top - top)];
      },
      [box, across, down, names],
    );
  await page.click('.tab >> nth=0');
  await page.waitForSelector('.sheet[data-table=requests]');
  const form = ['.sheet[data-table=requests] .nearest', '.sheet[data-table=requests] thead'];
  const top = () => page.evaluate(() => document.querySelector('.sheet[data-table=requests]').offsetTop + 600);
  assert.equal((await stay('.form-box', [0, await top()], form))[2], 0);

  await page.setViewportSize({ width: 380, height: 800 });
  assert.ok((await page.locator('.panes').boundingBox()).y < 360, 'the head takes too much of the screen');
  await page.click('.pane-tab[data-pane=form]');
  assert.deepEqual(await stay('.form-box', [250, await top()], form), [true, 0, 0]);
  // A cell that is jumped to does not lie under them.
  await page.evaluate(() => document.querySelector('.form-box').scrollTo(1000, 0));
  await page.locator(`.figure[data-path="requests/granted/natural_person"]`).focus();
  const [chosen, name, head] = await page.evaluate(() => {
    const cell = document.querySelector('.figure.chosen');
    return [cell, cell.parentElement.querySelector('.nearest'), cell.closest('table').tHead].map((e) => e.getBoundingClientRect().toJSON());
  });
  assert.ok(chosen.left >= name.right - 1 && chosen.top >= head.bottom - 1, JSON.stringify([chosen, name, head]));

  await page.click('.tab >> nth=1');
  await page.waitForSelector('.all-table tbody tr:nth-child(2)');
  await page.evaluate(() => (document.querySelector('.all .scroll').style.maxHeight = '70px'));
  assert.deepEqual(await stay('.all .scroll', [300, 30], ['.all-table tbody th', '.all-table thead th']), [true, 1, 1]);
  assert.deepEqual(trouble, []);
});

user('nothing is cut off on paper', async ({ page, trouble }) => {
  await drop(page, [file('samples/report-2022.txt'), file(SAMPLE)]);
  await page.waitForSelector('.comparison table');
  const cut = async (width) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const tables = await page.evaluate(() => [...document.querySelectorAll('table')].filter((table) => table.checkVisibility()).map((table) => {
      const cells = [...table.querySelectorAll('th, td')].filter((cell) => cell.checkVisibility());
      const boxes = [...cells, table].map((each) => Math.max(each.getBoundingClientRect().right, each.getBoundingClientRect().left + each.scrollWidth));
      return Math.round(Math.max(...boxes));
    })); // prettier-ignore
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1440, height: 900 });
    assert.ok(tables.length > 0);
    return tables.filter((right) => right > width);
  };
  // A4 upright and across, less its margins, in pixels of 1/96 inch.
  assert.deepEqual(await cut(673), []);
  await page.click('.tab >> nth=1');
  await page.waitForSelector('.all-table tbody tr:nth-child(2)');
  assert.deepEqual(await cut(1002), []);
  await page.click('.all-table tbody tr:nth-child(2) button');
  await page.waitForSelector('.finding');
  assert.deepEqual(await cut(673), []);
  assert.deepEqual(trouble, []);
});

user('the page opens and reads without a network', async ({ page, context, requests, trouble }) => {
  await context.setOffline(true);
  const before = requests.length;
  await page.reload();
  await page.click('.samples li:nth-child(3) button');
  await page.waitForSelector('.figure.ambiguous');
  await drop(page, [file('tests/formats/2021/chromium.pdf')]);
  await page.waitForFunction(() => document.querySelector('.report-title .quiet')?.textContent.includes('chromium.pdf'));
  assert.deepEqual([requests.slice(before), trouble], [[], []]);
});

user('both languages and both appearances are fit for everyone', async ({ page, trouble }) => {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.goto(page.url().replace(/\?.*/, ''));
    await page.waitForSelector('.start h1');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
    assert.deepEqual(await unfit(page), [], `start ${colorScheme}`);
    await page.click('.samples li:nth-child(2) button');
    await page.waitForSelector('.comparison table');
    assert.deepEqual(await unfit(page), [], `years ${colorScheme}`);
    await page.click('.tab >> nth=1');
    await page.waitForSelector('.all-table tbody tr:nth-child(2)');
    assert.deepEqual(await unfit(page), [], `all ${colorScheme}`);
    await page.click('text=English');
    await page.waitForFunction(() => document.documentElement.lang === 'en' && document.querySelector('.all h1')?.textContent === 'All reports');
    await page.click('.all-table tbody tr:nth-child(2) button');
    await page.waitForSelector('.finding[data-code=GK201]');
    await page.click('.finding[data-code=GK201] .finding-head');
    assert.match(await page.textContent('.finding[data-code=GK201] .message'), /^received \+ carried over is not concluded \+ carried forward/);
    await page.click('.finding[data-code=GK211] .finding-head');
    assert.deepEqual(await unfit(page), [], `report ${colorScheme}`);
  }
  await page.setViewportSize({ width: 380, height: 800 });
  for (const pane of ['form', 'source', 'findings']) {
    await page.click(`.pane-tab[data-pane=${pane}]`);
    assert.ok(await page.isVisible(`.${pane}-pane`));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${pane} is wider than the screen`);
  }
  assert.deepEqual(trouble, []);
});

user('words of a report are never markup', async ({ page, trouble }) => {
  const hostile = readFileSync(`${REPOSITORY}${SAMPLE}`, 'utf8')
    .replaceAll('示例市', '<img src=x onerror=alert(1)><b>市')
    .replace('| 14 |', '| <script>alert(1)</script> |');
  page.on('dialog', () => trouble.push('a dialog'));
  await drop(page, [file('<img src=x onerror=alert(1)>.txt', Buffer.from(hostile))]);
  await page.waitForSelector('.finding');
  assert.equal(await page.locator('main img, main script, main b b, header img').count(), 0);
  assert.match(await page.textContent('.source-box'), /<img src=x onerror=alert\(1\)>/);
  assert.deepEqual(trouble, []);
});
