import { wheelPath } from './setup/build.mjs'
import { printFailure } from './setup/failure.mjs'
import { VSIX } from './setup/paths.mjs'
import { Progress } from './setup/progress.mjs'
import { SETUP_STEPS, setUp } from './setup/setup.mjs'

// `npm run build`: what `npm start` does before it starts anything. Runs on Node ≥ 20.

try {
  await setUp(new Progress(SETUP_STEPS))
  console.log(
    `\nBuilt. The command line: npx secxops --help. The wheel: ${wheelPath()}\nThe VS Code extension: ${VSIX}`,
  )
} catch (error) {
  printFailure(error)
  process.exitCode = 1
}
