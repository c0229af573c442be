import { join } from 'node:path'
import { writeFiles } from './files.ts'
import type { Product } from './product.ts'

/** Text that is labelled in the stories. */
export const SUSPECT = "GET /login.php?id=1' OR '1'='1 HTTP/1.1"

/** Files of a small project of logs. */
export const FILES: Record<string, string> = {
  'alerts.csv': 'id,message\n1,two failed logins\n',
  'alerts.ipynb': JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    cells: [
      {
        cell_type: 'code',
        id: 'a',
        metadata: {},
        execution_count: 1,
        source: "line = 'powershell -enc SQBFAFgA'",
        outputs: [{ output_type: 'stream', name: 'stdout', text: 'beacon every 60 s\n' }],
      },
    ],
  }),
  'proxy.log': `GET /index.html HTTP/1.1\n${SUSPECT}\nGET /about HTTP/1.1\n\u767b\u5f55\u5931\u8d25\uff0c\u8bf7\u91cd\u8bd5\uff1aroot\n`,
  'tree.yaml':
    'web attack:\n  injection:\n    sql injection: []\n    command injection: []\n  probe: []\nmail:\n  phishing: []\n',
}

/** Writes the files and makes the base `alerts` with a tree and no references: it answers nothing, so no model is needed. */
export async function makeBase(product: Product): Promise<void> {
  writeFiles(product.folder, FILES)
  for (const words of [
    ['base', 'create', 'alerts'],
    ['taxonomy', 'import', 'alerts', join(product.folder, 'tree.yaml')],
  ]) {
    const { code, stderr } = await product.cli('label', ...words)
    if (code !== 0) throw new Error(stderr)
  }
}
