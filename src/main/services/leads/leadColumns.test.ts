import { describe, expect, it } from 'vitest'
import { guessColumns } from './leadColumns.ts'

/** The headings of a file, and what each must be taken for. */
const columns = (of: Readonly<Record<string, string>>): void => expect(Object.fromEntries(Object.keys(of).map((heading, index) => [heading, guessColumns(Object.keys(of))[index]]))).toEqual(of)

describe('the columns of a file of leads', () => {
  it('of a marketplace that numbers its leads', () => {
    columns({ 'Lead Number': 'id', 'Lead Date': 'detail', 'Lead Type': 'detail', 'Lead Status': 'detail', 'Lead Fee': 'detail', 'Customer Name': 'name', 'Customer ID': 'detail', 'Primary Phone': 'phone', 'Secondary Phone': 'phone', 'Email Address': 'email', Address: 'line1', City: 'city', State: 'state', Zip: 'postalCode', 'Task Name': 'jobType', 'Customer Comments': 'message', 'SP Entity ID': 'detail' })
    columns({ 'Lead #': 'id', Homeowner: 'name', 'Phone #': 'phone', 'E-mail': 'email', 'Project Description': 'message' })
    columns({ 'SR Oid': 'id', 'First Name': 'firstName', 'Last Name': 'lastName', 'Evening Phone': 'phone', 'Day Phone': 'phone', 'Zip Code': 'postalCode', Comments: 'message' })
  })

  it('of one that calls them requests', () => {
    columns({ 'Request ID': 'id', 'Request date': 'detail', Customer: 'name', Category: 'jobType', Location: 'detail', 'Phone Number': 'phone', Details: 'message', 'Pro Name': 'detail', 'Business Name': 'detail' })
  })

  it('of a form beside an advertisement, whose lead is called `id`', () => {
    columns({ id: 'id', created_time: 'detail', ad_id: 'detail', ad_name: 'detail', adset_id: 'detail', adset_name: 'detail', campaign_id: 'detail', campaign_name: 'campaign', form_id: 'detail', form_name: 'detail', is_organic: 'detail', platform: 'detail', full_name: 'name', phone_number: 'phone', email: 'email', street_address: 'line1', city: 'city', state: 'state', zip_code: 'postalCode' })
  })

  it('of a customer relations program', () => {
    columns({ 'Lead ID': 'id', 'First Name': 'firstName', 'Last Name': 'lastName', Company: 'detail', Street: 'line1', 'State/Province': 'state', 'Zip/Postal Code': 'postalCode', Phone: 'phone', Mobile: 'phone', Email: 'email', 'Lead Source': 'campaign', 'Lead Owner': 'detail', Description: 'message' })
    columns({ 'Opportunity ID': 'id', 'Contact Name': 'name', 'Contact Phone': 'phone', 'Contact Email': 'email', 'Preferred Contact Method': 'detail', 'Service Address': 'line1', 'Address Line 2': 'line2', 'Product of Interest': 'jobType' })
  })

  it('of a manufacturer that hands its inquiries to dealers', () => {
    columns({ 'Inquiry Number': 'id', 'Dealer Name': 'detail', 'Dealer Number': 'detail', 'Consumer Name': 'name', 'Consumer Phone': 'phone', 'Consumer Email': 'email', 'Installation Address': 'line1', 'Installation City': 'city', 'Installation State': 'state', 'Installation Zip': 'postalCode', 'Product Category': 'jobType', 'Contact Date': 'detail' })
    columns({ leadId: 'id', firstName: 'firstName', lastName: 'lastName', phoneNumber: 'phone', emailAddress: 'email', postalCode: 'postalCode', ipAddress: 'detail' })
  })

  it.each(['No', 'No.', 'Number', 'ID', '#', 'Customer ID', 'Customer Number', 'Customer #', 'Account Number', 'Job Number', 'Reference', 'Ref', 'Row', 'Contact ID', 'Partner Lead ID of Business ID'])('hold no lead id under \u201c%s\u201d', (heading) => {
    expect(guessColumns([heading, 'Name', 'Phone'])).not.toContain('id')
    expect(guessColumns([heading, 'Name', 'Phone'])[1]).toBe('name')
  })
})
