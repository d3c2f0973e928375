import type { hubMethods } from '../../../shared/contract/methods/hub.ts'
import type { Implementation } from '../../core/service.ts'
import { readAttention } from './bothSides.ts'
import { redo } from './redo.ts'

type AttentionMethods = Extract<(typeof hubMethods)[number], { readonly name: `attention.${string}` }>

export const attentionService: Implementation<readonly AttentionMethods[]> = {
  'attention.get': ({ id }, asked) => readAttention(id, asked),
  'attention.redo': (input, asked) => redo(input, asked),
}
