import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `npm run intake-api`: writes docs/intake.openapi.json anew from the schemas that the hub reads with. */
export async function main() {
  const { intakeOpenApiText } = await import(pathToFileURL(join(root, 'src', 'hub', 'server', 'intake', 'openApi.ts')).href)
  writeFileSync(join(root, 'docs', 'intake.openapi.json'), intakeOpenApiText())
}
