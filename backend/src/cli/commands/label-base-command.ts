import { resolve } from 'node:path'
import { TAXONOMY_FORMATS } from '@secxops/protocol/label-words'
import { type Command, Option } from 'commander'
import { connect } from '../connect.ts'
import { plural, table, time } from '../format.ts'
import { answers } from '../json-option.ts'
import { wholeNumber } from '../whole-number.ts'

/** Reference bases: their trees, references and journals. */
export function addLabelBaseCommands(command: Command): void {
  addBaseCommands(command.command('base').description('reference bases: make, list, show, remove'))
  addTaxonomyCommands(command.command('taxonomy').description('the tree of labels of a base: import, show, export'))
  addImportCommand(command)
  addReferencesCommand(command)
  addCoverageCommand(command)
  addAgreementCommand(command)
  addJournalCommand(command)
  addGenerateCommand(command)
}

function addBaseCommands(command: Command): void {
  const create = command
    .command('create')
    .description('make an empty reference base')
    .argument('<name>')
    .option('--description <text>')
    .option('--levels <names...>', 'names of the levels, broadest first')
    .option('--classic', 'answer by the published method "classic" instead of "fused"')
    .option(
      '--self-learning',
      'let "classic" write its own answers back as references: what it got wrong then speaks for later texts',
    )
  answers(
    create,
    async (
      name: string,
      options: { description?: string; levels?: string[]; classic?: boolean; selfLearning?: boolean },
    ) => {
      const { refuseBadName } = await import('../refuse-bad-name.ts')
      refuseBadName(name)
      const { describeBase } = await import('../describe-labels.ts')
      const { description, levels, classic, selfLearning } = options
      const body = { name, description, levels, selfLearning, strategy: classic ? ('classic' as const) : undefined }
      const json = await (await connect()).call('labels.bases.create', { body })
      return { json, text: `${describeBase(json)}\nNext: secxops label import ${name} FILE` }
    },
  )
  answers(command.command('list').description('all reference bases'), async () => {
    const json = await (await connect()).call('labels.bases.list', {})
    const rows = json.map(({ name, references, leaves, waiting, state }) => [
      name,
      String(references),
      String(leaves),
      String(waiting),
      state.state,
    ])
    const none = 'No reference base is here yet. Make one: secxops label base create NAME'
    return {
      json,
      text: rows.length > 0 ? table([['BASE', 'REFERENCES', 'LABELS', 'TO REVIEW', 'STATE'], ...rows]) : none,
    }
  })
  answers(
    command.command('show').description('one base: size, state, what it has learnt').argument('<name>'),
    async (base: string) => {
      const { describeBase } = await import('../describe-labels.ts')
      const json = await (await connect()).call('labels.bases.get', { params: { base } })
      return { json, text: describeBase(json) }
    },
  )
  answers(
    command.command('learn').description('learn weights and confidence anew from the references').argument('<name>'),
    async (base: string) => {
      const { jobAnswer } = await import('../job-answer.ts')
      const client = await connect()
      return jobAnswer(client, await client.call('labels.bases.learn', { params: { base } }))
    },
  )
  const remove = command
    .command('remove')
    .description('hide a base; it can be restored for 30 days')
    .argument('<name>')
    .requiredOption('--confirm <name>', 'the same again')
  answers(remove, async (base: string, { confirm }: { confirm: string }) => {
    const json = await (await connect()).call('labels.bases.remove', { params: { base }, body: { confirm } })
    return { json, text: `removed; secxops label base restore ${base} brings it back` }
  })
  answers(
    command.command('restore').description('bring a removed base back').argument('<name>'),
    async (base: string) => {
      const json = await (await connect()).call('labels.bases.restore', { params: { base } })
      return { json, text: `${base} is back` }
    },
  )
}

function addTaxonomyCommands(command: Command): void {
  const from = command
    .command('import')
    .description('add the labels of a file (YAML, JSON, CSV, indented text) to the tree of a base')
    .argument('<base>')
    .argument('<file>')
  answers(from, async (base: string, file: string) => {
    const json = await (await connect()).call('labels.taxonomy.import', {
      params: { base },
      body: { path: resolve(file) },
    })
    const { added, unchanged, warnings } = json
    return {
      json,
      text: [
        `${plural(added, 'label')} added, ${unchanged} there already`,
        ...warnings.map((warning) => `warning: ${warning}`),
      ].join('\n'),
    }
  })
  answers(
    command.command('show').description('the tree, indented, with the references of each label').argument('<base>'),
    async (base: string) => {
      const json = await (await connect()).call('labels.taxonomy.get', { params: { base } })
      const depths = new Map<number, number>()
      const lines = json.nodes.map(({ id, parent, name, references }) => {
        const depth = parent === undefined ? 0 : (depths.get(parent) ?? 0) + 1
        depths.set(id, depth)
        return `${'  '.repeat(depth)}${name}${references > 0 ? `  (${references})` : ''}`
      })
      return { json, text: lines.join('\n') || `${base} has no labels yet.` }
    },
  )
  const to = command
    .command('export')
    .description('print the tree as a file that import takes')
    .argument('<base>')
    .addOption(new Option('--format <name>').choices([...TAXONOMY_FORMATS]).default('yaml'))
  answers(to, async (base: string, { format }: { format: (typeof TAXONOMY_FORMATS)[number] }) => {
    const json = await (await connect()).call('labels.taxonomy.export', { params: { base }, query: { format } })
    return { json, text: json.text.trimEnd() }
  })
}

function addImportCommand(command: Command): void {
  const from = command
    .command('import')
    .description('take references from a file: JSON Lines with "text" and "path", or a table with a column a level')
    .argument('<base>')
    .argument('<file>')
    .option('--trust <share>', 'how much they are trusted, above 0 up to 1', Number)
  answers(from, async (base: string, file: string, { trust }: { trust?: number }) => {
    const { jobAnswer } = await import('../job-answer.ts')
    const client = await connect()
    const body = { path: resolve(file), trust }
    return jobAnswer(client, await client.call('labels.references.import', { params: { base }, body }))
  })
}

function addReferencesCommand(command: Command): void {
  const list = command
    .command('references')
    .description('references of a base, the newest first')
    .argument('<base>')
    .option('--suspect', 'those first whose label the others contradict most')
    .option('--text <part>', 'only those with this in their text')
    .option('--limit <count>', 'how many', wholeNumber, 50)
  answers(list, async (base: string, { suspect, text, limit }: { suspect?: boolean; text?: string; limit: number }) => {
    const { pathText } = await import('../describe-labels.ts')
    const query = { text, limit, order: suspect ? ('suspect' as const) : ('newest' as const) }
    const json = await (await connect()).call('labels.references.list', { params: { base }, query })
    const rows = json.references.map(({ path, text: known, origin, suspicion }) => [
      pathText(path),
      ...(suspect ? [suspicion ? pathText(suspicion.instead) : ''] : []),
      origin,
      known.slice(0, 100),
    ])
    const head = suspect ? ['LABEL', 'THE OTHERS SAY', 'FROM', 'TEXT'] : ['LABEL', 'FROM', 'TEXT']
    return { json, text: `${table([head, ...rows])}\n${rows.length} of ${json.total}` }
  })
}

function addCoverageCommand(command: Command): void {
  const coverage = command
    .command('coverage')
    .description('labels with too few references, or references that contradict each other')
    .argument('<base>')
    .option('--enough <count>', 'references that a label should have', wholeNumber, 10)
  answers(coverage, async (base: string, { enough }: { enough: number }) => {
    const { pathText } = await import('../describe-labels.ts')
    const json = await (await connect()).call('labels.coverage', { params: { base }, query: { enough } })
    const thin = json.leaves.filter(({ references, suspect }) => references < json.enough || (suspect ?? 0) > 0)
    const rows = thin.map(({ path, references, human, suspect }) => [
      pathText(path),
      String(references),
      String(human),
      suspect === undefined ? '' : String(suspect),
    ])
    const none = `Every label has at least ${enough} references and none is in doubt.`
    return { json, text: rows.length > 0 ? table([['LABEL', 'REFERENCES', 'BY PEOPLE', 'IN DOUBT'], ...rows]) : none }
  })
}

function addAgreementCommand(command: Command): void {
  answers(
    command.command('agreement').description('how much people who labelled the same texts agree').argument('<base>'),
    async (base: string) => {
      const json = await (await connect()).call('labels.agreement', { params: { base } })
      const rows = json.levels.map(({ level, alpha, agree }) => [
        level,
        alpha === undefined ? '' : alpha.toFixed(2),
        `${Math.round(agree * 100)} %`,
      ])
      const head = `${plural(json.texts, 'text')} of ${plural(json.people.length, 'person').replace('persons', 'people')}, ${plural(json.conflicts.length, 'conflict')}`
      return { json, text: `${head}\n${table([['LEVEL', 'ALPHA', 'AGREE'], ...rows])}` }
    },
  )
}

function addJournalCommand(command: Command): void {
  const journal = command
    .command('journal')
    .description('who labelled what, when, and what was suggested; the whole trail with --json')
    .argument('<base>')
  answers(journal, async (base: string) => {
    const { readJournal } = await import('../read-journal.ts')
    const { pathText } = await import('../describe-labels.ts')
    const json = await readJournal(await connect(), base)
    const rows = json.map(({ at, by, text, before, after }) => [
      time(at),
      by,
      before ? pathText(before) : '',
      after ? pathText(after) : 'removed',
      text.slice(0, 80),
    ])
    return { json, text: table([['WHEN', 'WHO', 'BEFORE', 'AFTER', 'TEXT'], ...rows]) }
  })
}

function addGenerateCommand(command: Command): void {
  const generate = command
    .command('generate')
    .description(
      'have a language model (setting "llm") write references for labels that have too few; little trusted until accepted',
    )
    .argument('<base>')
    .option('--samples <count>', 'texts that a label should have', wholeNumber, 10)
    .option('--languages <names...>', 'en, zh')
  answers(generate, async (base: string, { samples, languages }: { samples: number; languages?: ('en' | 'zh')[] }) => {
    const { jobAnswer } = await import('../job-answer.ts')
    const client = await connect()
    return jobAnswer(client, await client.call('labels.generate', { params: { base }, body: { samples, languages } }))
  })
}
