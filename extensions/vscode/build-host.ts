import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, transform } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const dist = join(here, 'dist')
/** That of the oldest editor the manifest admits. */
const TARGET = 'node20'

/** Zod hangs a writer of JSON Schemas on every schema. The schemas that the editor needs are written at the build, so it stays out. */
const SCHEMA_WRITER: Record<string, string> = {
  'json-schema-processors.js': 'export const allProcessors = {}, toJSONSchema = undefined',
  'json-schema-generator.js': 'export const JSONSchemaGenerator = undefined',
  'to-json-schema.js':
    'export const createToJSONSchemaMethod = () => undefined, createStandardJSONSchemaMethod = () => undefined',
}

/** What the YAML library has for writing texts and for version 1.1 of the language: we write by splices, and read 1.2 only. */
const YAML_WRITER =
  /yaml\/browser\/dist\/(stringify\/\w+|doc\/createNode|schema\/yaml-1\.1\/(binary|bool|float|int|omap|pairs|schema|set|timestamp))\.js$/

const withoutUnused: Plugin = {
  name: 'without-unused',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/core\/(json-schema-\w+|to-json-schema)\.js$/ }, ({ path }) => {
      const contents = SCHEMA_WRITER[basename(path)]
      return contents === undefined ? undefined : { contents }
    })
    onLoad({ filter: YAML_WRITER }, ({ path }) => {
      const names = /^export \{ (.*) \};$/m.exec(readFileSync(path, 'utf8'))?.[1] ?? ''
      return { contents: `export const ${names.replaceAll(',', ' = undefined,')} = undefined` }
    })
  },
}

/**
 * Makes `dist/extension.cjs`, which activation loads, and a chunk for whatever is imported later. esbuild splits ES modules only, and the
 * editor loads CommonJS at once and ES modules through a worker: so the split modules are then turned into CommonJS, file by file.
 */
export async function buildHost(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'src', 'extension.ts')],
    outdir: dist,
    bundle: true,
    splitting: true,
    write: false,
    platform: 'node',
    target: TARGET,
    format: 'esm',
    outExtension: { '.js': '.cjs' },
    chunkNames: '[hash]',
    external: ['vscode'],
    // Its ES modules: what is not used of them stays out.
    alias: { yaml: fileURLToPath(new URL('../../node_modules/yaml/browser/index.js', import.meta.url)) },
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    plugins: [withoutUnused],
    logLevel: 'warning',
    logOverride: { 'import-is-undefined': 'silent' },
  })
  mkdirSync(dist, { recursive: true })
  for (const { path, text } of outputFiles) writeFileSync(join(dist, basename(path)), await commonJs(text))
}

/** One split ES module as CommonJS. Its own chunks are all that asks for it, so it needs no disguise of a module of either kind. */
async function commonJs(text: string): Promise<string> {
  const module = await transform(text, {
    format: 'cjs',
    target: TARGET,
    charset: 'utf8',
    supported: { 'dynamic-import': false },
  })
  const plain = module.code
    .replace('module.exports = __toCommonJS(stdin_exports);', '')
    .replace(/__export\(stdin_exports, (\{.*?\n\})\);/s, (_, names: string) => {
      return `module.exports = ${names.replace(/([\w$]+): \(\) => ([\w$.]+)/g, 'get $1() { return $2 }')};`
    })
  const { code } = await transform(plain, {
    format: 'cjs',
    target: TARGET,
    charset: 'utf8',
    minify: true,
    treeShaking: true,
  })
  return code
}

/** Bytes of the extension's own code: what activation loads, and all of it. */
export function hostSizes(): { entry: number; total: number } {
  const files = readdirSync(dist).filter((name) => name.endsWith('.cjs'))
  const size = (name: string): number => statSync(join(dist, name)).size
  return { entry: size('extension.cjs'), total: files.reduce((sum, name) => sum + size(name), 0) }
}
