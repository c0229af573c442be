import * as z from 'zod'
import { ErrorBody } from './error-schemas.ts'
import { STRATEGIES, TAXONOMY_FORMATS } from './label-words.ts'
import { Name } from './names.ts'

/**
 * The labeler on the wire. A reference base owns a label tree (taxonomy) and references: texts whose label is known. A machine answer is
 * a suggestion and never becomes a reference; what a human decides does.
 */

/** Names from the broadest label to the leaf, as shown. NFC, no control characters; two that differ in form only count as one. */
export const LabelPath = z.array(z.string().min(1).max(400)).min(1).max(16)
export type LabelPath = z.infer<typeof LabelPath>

export const Strategy = z.enum(STRATEGIES)
export type Strategy = z.infer<typeof Strategy>

/** Text that can be labelled: 10 MB at most; what counts for the answer is its beginning. */
export const LabelText = z.string().min(1).max(10_000_000)

export const TaxonomyNode = z.object({
  /** Stays when the node is renamed or moved. */
  id: z.int(),
  /** Absent: at the top. */
  parent: z.int().optional(),
  name: z.string(),
  description: z.string().optional(),
  /** References of this very node, not of those below it. */
  references: z.int(),
})
export type TaxonomyNode = z.infer<typeof TaxonomyNode>

export const Taxonomy = z.object({
  /** Grows by one with each edit. */
  version: z.int(),
  levels: z.array(z.string()),
  /** Parents before children, siblings in their order. */
  nodes: z.array(TaxonomyNode),
})
export type Taxonomy = z.infer<typeof Taxonomy>

export const TaxonomyFormat = z.enum(TAXONOMY_FORMATS)
export type TaxonomyFormat = z.infer<typeof TaxonomyFormat>

const nodeName = z.string().min(1).max(400)
export const TaxonomyEdit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), parent: z.int().optional(), name: nodeName, description: z.string().optional() }),
  z.object({ kind: z.literal('rename'), node: z.int(), name: nodeName }),
  z.object({ kind: z.literal('describe'), node: z.int(), description: z.string() }),
  /** `parent` absent: to the top. `before`: sibling it comes to stand before; absent: last. */
  z.object({ kind: z.literal('move'), node: z.int(), parent: z.int().optional(), before: z.int().optional() }),
  /** References and children of `from` go to `into`; `from` goes. */
  z.object({ kind: z.literal('merge'), from: z.int(), into: z.int() }),
  /** References with these ids get a new sibling of `node` as their label. */
  z.object({ kind: z.literal('split'), node: z.int(), name: nodeName, references: z.array(z.string()).min(1) }),
  /** Refused while references stand under it, unless `references`: they go too (undo brings them back). */
  z.object({ kind: z.literal('remove'), node: z.int(), references: z.boolean().optional() }),
])
export type TaxonomyEdit = z.infer<typeof TaxonomyEdit>

/** Where a reference came from. `human`: accepted or edited by a person, trusted fully. */
export const ReferenceOrigin = z.enum(['imported', 'human', 'generated', 'classic'])
export type ReferenceOrigin = z.infer<typeof ReferenceOrigin>

export const LabelReference = z.object({
  /** From the text: the same text is one reference of a base. */
  id: z.string(),
  text: z.string(),
  path: LabelPath,
  origin: ReferenceOrigin,
  /** In (0, 1]. */
  trust: z.number(),
  by: z.string(),
  at: z.string(),
  /** Above 0: the other references contradict its label, which they would call `instead`. Only where asked for. */
  suspicion: z.object({ amount: z.number(), instead: LabelPath }).optional(),
})
export type LabelReference = z.infer<typeof LabelReference>

/** What a base is doing, or why it cannot answer. */
export const BaseState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('empty') }),
  z.object({ state: z.literal('ready') }),
  /** Answers come from the model before; `job` makes the next. */
  z.object({ state: z.literal('working'), job: z.string(), answers: z.boolean() }),
  z.object({ state: z.literal('failed'), error: ErrorBody, answers: z.boolean() }),
])
export type BaseState = z.infer<typeof BaseState>

export const BaseSummary = z.object({
  name: Name,
  description: z.string(),
  createdAt: z.string(),
  /** Grows with every change of its references or its tree. */
  version: z.int(),
  references: z.int(),
  leaves: z.int(),
  depth: z.int(),
  /** Rows of the newest labelling of each file that wait for a decision. */
  waiting: z.int(),
  state: BaseState,
})
export type BaseSummary = z.infer<typeof BaseSummary>

export const BaseDetail = BaseSummary.extend({
  levels: z.array(z.string()),
  strategy: Strategy,
  /** `classic` writes its own answers back as references. Off unless the base was made so. */
  selfLearning: z.boolean(),
  embedder: z.object({ model: z.string(), dimension: z.int().optional() }),
  /** Of the learnt model; absent before the first. */
  model: z
    .object({
      version: z.string(),
      madeAt: z.string(),
      /** Share of references answered rightly when left out: what to expect of texts like them. */
      leftOutRight: z.number(),
      /** References that changed since it was learnt. */
      behind: z.int(),
    })
    .optional(),
})
export type BaseDetail = z.infer<typeof BaseDetail>

/** What a base says of one text. The same base version and text give the same bytes. */
export const Suggestion = z.object({
  /** From base, its version, model, strategy and text. */
  id: z.string(),
  base: Name,
  baseVersion: z.int(),
  model: z.string(),
  strategy: Strategy,
  /** Hash of the masked text; texts that share it count as near-duplicates. */
  key: z.string(),
  /** The likeliest leaf, always whole; `sureLevels` says how much of it is stood by. */
  path: LabelPath,
  confidence: z.number(),
  /** Probability that the path is right down to each level; never grows. */
  levelConfidence: z.array(z.number()),
  state: z.enum(['leaf', 'ancestor', 'unknown']),
  sureLevels: z.int(),
  /** Probability that the label is in the tree at all. */
  known: z.number(),
  /** At most five, likeliest first; the first is `path`. */
  alternatives: z.array(z.object({ path: LabelPath, confidence: z.number() })),
  /** References that speak most for `path`, with their share of what speaks for it. */
  why: z.array(
    z.object({ id: z.string(), text: z.string(), path: LabelPath, likeness: z.number(), share: z.number() }),
  ),
  /** What a human decided of this very text before. */
  decided: z.object({ path: LabelPath, by: z.string(), at: z.string() }).optional(),
})
export type Suggestion = z.infer<typeof Suggestion>

/** Where a labelled text stands. */
export const TextSource = z.object({
  /** Absolute path of a file, or `NAME@3` of a dataset. */
  file: z.string().max(4096),
  /** 1-based. */
  line: z.int().min(1).optional(),
  column: z.string().max(400).optional(),
})
export type TextSource = z.infer<typeof TextSource>

/** One step that undo takes back as a whole; the journal's rows are never rewritten. */
export const LabelChange = z.object({
  id: z.string(),
  at: z.string(),
  by: z.string(),
  kind: z.enum(['accept', 'edit', 'bulk', 'taxonomy', 'import', 'generate', 'remove', 'undo']),
  /** In plain words, English. */
  title: z.string(),
  /** Decisions, references or nodes touched. */
  count: z.int(),
  /** Change that took it back, or that it takes back. */
  undoneBy: z.string().optional(),
  undoes: z.string().optional(),
})
export type LabelChange = z.infer<typeof LabelChange>

/** A text of a file that a person labelled: what an editor marks where the file is open. */
export const LabelledText = z.object({
  base: Name,
  /** As the base keeps it: NFKC, white space collapsed, 500 characters at most. */
  text: z.string(),
  path: LabelPath,
  /** 1-based line of the file, or of the cell of a notebook, where it stood. */
  line: z.int().optional(),
  by: z.string(),
  at: z.string(),
  /** Newest change of this label, which undo takes back. */
  change: z.string(),
  /** Of the machine's answer, where the person was shown this very label. */
  confidence: z.number().optional(),
})
export type LabelledText = z.infer<typeof LabelledText>

/** One row of the audit trail: what was, what is. */
export const JournalEntry = z.object({
  change: z.string(),
  at: z.string(),
  by: z.string(),
  /** Of the reference, or with `label` the name of the label. */
  text: z.string(),
  /** It is about a label of the tree, not about a reference. */
  label: z.boolean().optional(),
  before: LabelPath.optional(),
  after: LabelPath.optional(),
  suggested: z.object({ path: LabelPath, confidence: z.number(), model: z.string(), baseVersion: z.int() }).optional(),
  source: TextSource.optional(),
})
export type JournalEntry = z.infer<typeof JournalEntry>

/** Work that goes on behind a base; it survives the backend and goes on where it stood. */
export const LabelJob = z.object({
  id: z.string(),
  base: Name,
  kind: z.enum(['import', 'learn', 'embed', 'label', 'generate']),
  state: z.enum(['waiting', 'running', 'succeeded', 'failed', 'cancelled']),
  createdAt: z.string(),
  endedAt: z.string().optional(),
  /** What it works on, e.g. the file's path. */
  subject: z.string(),
  done: z.int(),
  /** Absent while it is not known. */
  total: z.int().optional(),
  /** Rows left out, with the reason, e.g. `no-text`, `unknown-label`, `near-duplicate`. */
  skipped: z.record(z.string(), z.int()),
  /** Tokens used and, where prices are set, what they cost. Only of `generate`. */
  cost: z.object({ inputTokens: z.int(), outputTokens: z.int(), amount: z.number().optional() }).optional(),
  /** Why it waits, in words, e.g. that the embedder does not answer. */
  waits: z.string().optional(),
  error: ErrorBody.optional(),
})
export type LabelJob = z.infer<typeof LabelJob>

/** How texts are found in a file. Without any of these: each line of a text file, the column `text` of a table. */
export const TextsIn = z.object({
  /** Column of CSV/TSV, key of JSONL. */
  column: z.string().max(400).optional(),
  /** Regular expression (RE2 syntax); its first group, else the whole match, is the text of a line. */
  pattern: z.string().max(1000).optional(),
})
export type TextsIn = z.infer<typeof TextsIn>

export const DecisionState = z.enum(['waiting', 'accepted', 'edited', 'rejected'])
export type DecisionState = z.infer<typeof DecisionState>

/** One text of a labelled file with its near-duplicates. */
export const ReviewItem = z.object({
  /** Within its job. */
  id: z.int(),
  key: z.string(),
  text: z.string(),
  /** Rows of the file with this key. */
  rows: z.int(),
  /** 1-based line of its first row. */
  line: z.int(),
  suggestion: Suggestion.pick({
    path: true,
    confidence: true,
    levelConfidence: true,
    state: true,
    sureLevels: true,
    known: true,
    alternatives: true,
  }),
  decision: z.object({ state: DecisionState, path: LabelPath.optional(), by: z.string(), at: z.string() }).optional(),
})
export type ReviewItem = z.infer<typeof ReviewItem>

export const ReviewPage = z.object({
  /** Items that the filter lets through. */
  total: z.int(),
  /** Of all items of the job. */
  counts: z.object({ waiting: z.int(), accepted: z.int(), edited: z.int(), rejected: z.int() }),
  items: z.array(ReviewItem),
})
export type ReviewPage = z.infer<typeof ReviewPage>

/** Which items of a job: those of a page's filter, or by id. */
export const ReviewFilter = z.object({
  /** Names of a path's beginning, joined by PATH_JOINT. */
  under: z.string().max(8000).optional(),
  least: z.coerce.number().min(0).max(1).optional(),
  most: z.coerce.number().min(0).max(1).optional(),
  state: DecisionState.optional(),
  text: z.string().max(1000).optional(),
})
export type ReviewFilter = z.infer<typeof ReviewFilter>

/** References of every leaf: where a base is thin or at odds with itself. */
export const Coverage = z.object({
  leaves: z.array(
    z.object({
      path: LabelPath,
      references: z.int(),
      human: z.int(),
      /** References that the others would label elsewhere; absent while that is not known. */
      suspect: z.int().optional(),
    }),
  ),
  /** References that a leaf should have. */
  enough: z.int(),
})
export type Coverage = z.infer<typeof Coverage>
