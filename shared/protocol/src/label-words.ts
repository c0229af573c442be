/** Words of the labeler that programs and pages need without a validator. */

export const STRATEGIES = ['fused', 'classic'] as const

export const TAXONOMY_FORMATS = ['json', 'yaml', 'csv', 'text'] as const

/** Names of the levels from the broadest on; a deeper tree goes on with `level N`. */
export const DEFAULT_LEVELS = ['category', 'subcategory', 'label', 'enum value'] as const

/** Joins the names of a path to one text, as in `ReviewFilter.under`; no name can hold it. */
export const PATH_JOINT = '\u001F'
