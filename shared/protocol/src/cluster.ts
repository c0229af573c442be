import * as z from 'zod'
import { Name } from './names.ts'

/** Name of a target: `local`, or a context of the kubeconfig. */
export const TargetName = z.string().min(1).max(253)
export type TargetName = z.infer<typeof TargetName>
/** This machine. */
export const LOCAL_TARGET = 'local'

/** `registry.example.org:5000/team/base:1` or the same by digest; never starts with a dash. */
export const ImageReference = z
  .string()
  .max(400)
  .regex(
    /^[a-z0-9]+([.-][a-z0-9]+)*(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
    'an image, like registry.example.org/team/base:1',
  )

/** Where images are pushed to: host, perhaps port and path. */
export const Registry = z
  .string()
  .max(200)
  .regex(
    /^[a-z0-9]+([.-][a-z0-9]+)*(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
    'a registry, like harbor.example.org/team',
  )

/** What SecXOps has to know of a cluster. */
export const TargetConfig = z.strictObject({
  /** Default: the context's own, else `default`. */
  namespace: Name.optional(),
  /** Image that modules run in; needs sh, tar, find, sha256sum and, for Python modules, python3. */
  baseImage: ImageReference.optional(),
  /** Python version of the base image. */
  python: z
    .string()
    .regex(/^3\.\d{1,2}$/, 'like 3.11')
    .optional(),
  registry: Registry.optional(),
  /** The registry speaks plain HTTP. */
  plainHttp: z.boolean().optional(),
  /** Nodes of workflows that may run at once; default 50. */
  maxParallel: z.int().min(1).max(2000).optional(),
  /** The command that the kubeconfig names for logging in may be started. */
  allowCommand: z.boolean().optional(),
})
export type TargetConfig = z.infer<typeof TargetConfig>

/** A place where workflows run. */
export const Target = z.object({
  name: TargetName,
  kind: z.enum(['local', 'kubernetes']),
  /** Address of the API server. */
  server: z.string().optional(),
  namespace: z.string().optional(),
  /** The kubeconfig's current context. */
  current: z.boolean(),
  /** Command that the kubeconfig starts to log in. */
  command: z.array(z.string()).optional(),
  config: TargetConfig,
  /** Why it cannot be used as it is. */
  problem: z.string().optional(),
})
export type Target = z.infer<typeof Target>
