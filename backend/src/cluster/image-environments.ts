import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { TargetConfig } from '@secxops/protocol/cluster'
import type { Environment } from '@secxops/protocol/module'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { readRequirements } from '../environments/requirements.ts'
import { NOTEBOOK_PACKAGES } from '../environments/service.ts'
import type { Waiter } from '../environments/shared-work.ts'
import type { EnvironmentService } from '../services.ts'

/** What an image is made of: packages on a base. */
export interface ImageRecipe {
  /** Hash over what follows. */
  key: string
  base: string
  /** Version, like 3.11. */
  python: string
  /** Absolute path of a requirements file. */
  requirements?: string
  packages: string[]
}

/** Makes images with packages; answers their reference by digest. Callers of one key share the work. */
export interface ImageBuilder {
  image(recipe: ImageRecipe, config: TargetConfig, caller: Waiter): Promise<string>
}

/** Python of a base image of which nothing is said. */
const PYTHON = '3.11'

/** Environments of a cluster are images: the target's base image, with the requirements on it where there are some. */
export function createImageEnvironments(
  configOf: () => TargetConfig,
  target: string,
  images: ImageBuilder,
): EnvironmentService {
  const recipeOf = (environment: Environment | undefined, directory: string, notebook: boolean): ImageRecipe => {
    const { baseImage = '', python = PYTHON } = configOf()
    const requirements = environment?.requirements
      ? readRequirements(resolve(directory, environment.requirements))
      : undefined
    const packages = notebook ? NOTEBOOK_PACKAGES : []
    return {
      key: hash(['image', baseImage, python, requirements?.text ?? '', ...packages]),
      base: baseImage,
      python,
      packages,
      ...(requirements?.text ? { requirements: requirements.path } : {}),
    }
  }
  const refuse = (environment: Environment | undefined, python: string): void => {
    if (environment?.interpreter)
      throw new SecxopsError({
        code: 'cannot-run-here',
        message: `The module runs with an interpreter of your machine (${environment.interpreter}), which ${target} does not have. Give it a requirements file instead.`,
      })
    if (environment?.python && environment.python !== python)
      throw new SecxopsError({
        code: 'no-python',
        message: `The module wants Python ${environment.python}, but the base image of ${target} has ${python}. Set another base image, or change the module's Python.`,
        next: [
          {
            kind: 'run-command',
            label: 'Set it',
            command: `secxops target set ${target} --base-image IMAGE --python ${environment.python}`,
          },
        ],
      })
  }
  return {
    digest: async (environment, directory, notebook) => recipeOf(environment, directory, notebook).key,

    async prepare(environment, directory, notebook, caller) {
      const recipe = recipeOf(environment, directory, notebook)
      refuse(environment, recipe.python)
      const plain = recipe.requirements === undefined && recipe.packages.length === 0
      const image = plain ? recipe.base : await images.image(recipe, configOf(), caller)
      return { bin: [], variables: {}, digest: recipe.key, image }
    },
  }
}

const hash = (parts: string[]): string => `sha256:${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`
