/** Put in by the bundle (`build.ts`): version and hash of the build, so that a client of another build notices. */
declare const SECXOPS_BUILD: string | undefined

export const VERSION: string = typeof SECXOPS_BUILD === 'string' ? SECXOPS_BUILD : '0.1.0+source'
