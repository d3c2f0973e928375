import { enter } from './enter.mjs'

enter(function () {
  return import('./test/phoneByHand.mjs')
})
