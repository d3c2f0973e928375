/** The ledger's own accounts; each is mapped to a name in the accountant's chart of accounts. */
export const LEDGER_ACCOUNTS = ['receivable', 'undeposited', 'salesTax', 'customerCredit', 'suspense', 'serviceIncome', 'materialIncome', 'equipmentIncome', 'discount'] as const

export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number]

/** QuickBooks account names, as the accountant wrote them there; an empty name is a missing mapping. */
export type AccountMap = Readonly<Record<LedgerAccount, string>>

/** The names in QuickBooks Desktop's starting chart for a service business. */
export const STARTING_ACCOUNTS: AccountMap = {
  receivable: 'Accounts Receivable',
  undeposited: 'Undeposited Funds',
  salesTax: 'Sales Tax Payable',
  customerCredit: 'Customer Deposits',
  suspense: 'Suspense',
  serviceIncome: 'Service Income',
  materialIncome: 'Materials Income',
  equipmentIncome: 'Equipment Sales',
  discount: 'Discounts Given',
}
