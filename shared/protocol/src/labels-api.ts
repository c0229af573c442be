import * as z from 'zod'
import {
  BaseDetail,
  BaseSummary,
  Coverage,
  JournalEntry,
  LabelChange,
  LabelJob,
  LabelledText,
  LabelPath,
  LabelReference,
  LabelText,
  ReferenceOrigin,
  ReviewFilter,
  ReviewPage,
  Strategy,
  Suggestion,
  Taxonomy,
  TaxonomyEdit,
  TaxonomyFormat,
  TextSource,
  TextsIn,
} from './labels.ts'
import { KeptArtifact } from './library.ts'
import { Name } from './names.ts'
import { AbsolutePath } from './paths.ts'

const base = z.object({ base: Name })
const job = z.object({ id: z.string() })
const page = {
  offset: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
}
/** Who decides; the backend puts the user of the machine where it is absent. */
const by = { by: z.string().min(1).max(200).optional() }

/** Schemas of the labeler's routes; part of `API`. */
export const LABELS_API = {
  'labels.bases.list': { response: z.array(BaseSummary) },
  'labels.bases.create': {
    body: z.object({
      name: Name,
      description: z.string().max(2000).optional(),
      /** Names of the levels, broadest first; default: DEFAULT_LEVELS. */
      levels: z.array(z.string().min(1).max(100)).min(1).max(16).optional(),
      strategy: Strategy.optional(),
      selfLearning: z.boolean().optional(),
    }),
    response: BaseDetail,
  },
  'labels.bases.get': { params: base, response: BaseDetail },
  /** Can be restored for 30 days; with `forever` it is gone at once, with its labellings. */
  'labels.bases.remove': {
    params: base,
    body: z.object({ confirm: z.string(), forever: z.boolean().optional() }),
    response: z.object({}),
  },
  'labels.bases.restore': { params: base, body: z.object({}).optional(), response: BaseDetail },
  /** Learns weights and confidence anew from the references; the base answers with what it has until it is done. */
  'labels.bases.learn': { params: base, body: z.object({}).optional(), response: LabelJob },

  'labels.taxonomy.get': { params: base, response: Taxonomy },
  /** Adds the nodes of a file or text to the tree; what is there stays. */
  'labels.taxonomy.import': {
    params: base,
    body: z.object({
      path: AbsolutePath.optional(),
      text: z.string().max(20_000_000).optional(),
      format: TaxonomyFormat.optional(),
      ...by,
    }),
    response: z.object({ change: LabelChange, added: z.int(), unchanged: z.int(), warnings: z.array(z.string()) }),
  },
  'labels.taxonomy.edit': {
    params: base,
    /** `version`: the one the edits were made for; another is a conflict. All edits or none, one undo. */
    body: z.object({ version: z.int(), edits: z.array(TaxonomyEdit).min(1).max(10_000), ...by }),
    response: z.object({ change: LabelChange, taxonomy: Taxonomy }),
  },
  'labels.taxonomy.export': {
    params: base,
    query: z.object({ format: TaxonomyFormat.optional() }),
    response: z.object({ text: z.string() }),
  },

  'labels.references.list': {
    params: base,
    query: z.object({
      /** Only below this node. */
      node: z.coerce.number().int().optional(),
      text: z.string().max(1000).optional(),
      origin: ReferenceOrigin.optional(),
      /** `suspect`: those that the others contradict most, with `suspicion`. */
      order: z.enum(['newest', 'suspect']).optional(),
      ...page,
    }),
    response: z.object({ total: z.int(), references: z.array(LabelReference) }),
  },
  /** JSONL with `text` and `path`, or the fields of a result; CSV/TSV with columns of the levels' names. Unknown labels are added to the tree. */
  'labels.references.import': {
    params: base,
    body: z.object({ path: AbsolutePath, trust: z.number().gt(0).max(1).optional(), ...by }),
    response: LabelJob,
  },
  'labels.references.remove': {
    params: base,
    body: z.object({ ids: z.array(z.string()).min(1).max(100_000), ...by }),
    response: LabelChange,
  },
  'labels.coverage': {
    params: base,
    query: z.object({ enough: z.coerce.number().int().min(1).optional() }),
    response: Coverage,
  },

  'labels.suggest': {
    params: base,
    body: z.object({ text: LabelText, strategy: Strategy.optional() }),
    response: Suggestion,
  },
  /** A human's word: the text becomes a reference (or its label changes), and counts in the next answer. */
  'labels.accept': {
    params: base,
    body: z.object({
      text: LabelText,
      path: LabelPath,
      source: TextSource.optional(),
      /** What the person was shown, for the audit trail. */
      suggested: JournalEntry.shape.suggested,
      ...by,
    }),
    response: LabelChange,
  },
  /**
   * Takes back a change; without `change` the newest of this base that stands and is no undo. Taking back an undo does the change again.
   * A conflict names what was changed later and must be taken back first.
   */
  'labels.undo': {
    params: base,
    body: z.object({ change: z.string().optional(), ...by }),
    response: LabelChange,
  },
  'labels.changes': { params: base, query: z.object(page), response: z.array(LabelChange) },
  /** Oldest first: a page stays as it is while more is added. */
  'labels.journal': {
    params: base,
    query: z.object({ change: z.string().optional(), ...page }),
    response: z.object({ total: z.int(), entries: z.array(JournalEntry) }),
  },
  /** What people labelled in a file, in all bases; the newest first, at most 500. */
  'labels.labelled': { query: z.object({ file: TextSource.shape.file }), response: z.array(LabelledText) },
  /** Agreement of the people who labelled the same texts, a level at a time. */
  'labels.agreement': {
    params: base,
    response: z.object({
      texts: z.int(),
      people: z.array(z.string()),
      /** Krippendorff's alpha of each level; absent where all labels are the same. */
      levels: z.array(z.object({ level: z.string(), alpha: z.number().optional(), agree: z.number() })),
      conflicts: z.array(
        z.object({
          text: z.string(),
          labels: z.array(z.object({ path: LabelPath, by: z.string(), at: z.string() })),
        }),
      ),
    }),
  },

  'labels.jobs.list': { query: z.object({ base: Name.optional() }), response: z.array(LabelJob) },
  'labels.jobs.get': { params: job, response: LabelJob },
  'labels.jobs.cancel': { params: job, body: z.object({}).optional(), response: LabelJob },
  'labels.jobs.resume': { params: job, body: z.object({}).optional(), response: LabelJob },

  /** Suggests a label for every text of a file, each group of near-duplicates once. */
  'labels.label': {
    params: base,
    body: z.object({ file: AbsolutePath.or(z.string()), texts: TextsIn.optional(), strategy: Strategy.optional() }),
    response: LabelJob,
  },
  'labels.review': {
    params: job,
    query: ReviewFilter.extend({
      /** `uncertain`: the least sure first, but not many alike in a row. */
      order: z.enum(['uncertain', 'surest', 'line', 'rows']).optional(),
      ...page,
    }),
    response: ReviewPage,
  },
  /** Decides items by id or all that a filter lets through, as one change. `path` absent: each takes its own suggestion. */
  'labels.decide': {
    params: job,
    body: z.object({
      items: z.array(z.int()).min(1).max(100_000).optional(),
      filter: ReviewFilter.optional(),
      decision: z.enum(['accept', 'reject']),
      path: LabelPath.optional(),
      ...by,
    }),
    response: LabelChange,
  },
  /** Rows of the file with their labels, as the next version of a dataset or a file. */
  'labels.save': {
    params: job,
    body: z.object({
      format: z.enum(['jsonl', 'csv', 'label-studio', 'argilla']),
      /** Dataset that gets a new version; absent: `path`. */
      dataset: Name.optional(),
      path: AbsolutePath.optional(),
      /** Only what a human decided. */
      decided: z.boolean().optional(),
    }),
    response: z.object({ rows: z.int(), dataset: KeptArtifact.optional(), path: z.string().optional() }),
  },
  /** Writes references for leaves with an LLM; they are trusted little until a human accepts them. */
  'labels.generate': {
    params: base,
    body: z.object({
      /** Nodes whose leaves are written for; absent: all. */
      nodes: z.array(z.int()).max(100_000).optional(),
      /** Texts that a leaf should have in the end; default 10. */
      samples: z.int().min(1).max(200).optional(),
      languages: z
        .array(z.enum(['en', 'zh']))
        .min(1)
        .optional(),
      ...by,
    }),
    response: LabelJob,
  },
} as const
