"""What Shopify is asked, in its Admin API of version 2026-04."""

VERSION = "2026-04"

_MONEY = "{ shopMoney { amount currencyCode } }"

ORDER_FIELDS = f"""
  id name createdAt updatedAt cancelledAt currencyCode note email customerLocale taxesIncluded test
  customer {{ displayName defaultEmailAddress {{ emailAddress }} }}
  shippingAddress {{ formatted }}
  totalShippingPriceSet {_MONEY}
  shippingLines(first: 10) {{ nodes {{ discountedPriceSet {_MONEY} taxLines {{ priceSet {_MONEY} }} }} }}
  lineItems(first: 250) {{
    pageInfo {{ hasNextPage }}
    nodes {{
      id sku title variantTitle quantity vendor requiresShipping isGiftCard
      originalUnitPriceSet {_MONEY}
      discountAllocations {{ allocatedAmountSet {_MONEY} }}
      taxLines {{ priceSet {_MONEY} }}
      product {{ tags }}
      variant {{ inventoryItem {{ unitCost {{ amount currencyCode }} }} }}
    }}
  }}
  fulfillments(first: 50) {{
    status displayStatus createdAt deliveredAt
    trackingInfo(first: 1) {{ company number }}
    fulfillmentLineItems(first: 250) {{ nodes {{ quantity lineItem {{ id }} }} }}
  }}
  transactions(first: 100) {{
    id kind status gateway formattedGateway processedAt paymentId
    amountSet {_MONEY}
    parentTransaction {{ id }}
  }}
  refunds(first: 100) {{
    id note createdAt
    totalRefundedSet {_MONEY}
    refundLineItems(first: 100) {{
      nodes {{ quantity lineItem {{ id }} subtotalSet {_MONEY} totalTaxSet {_MONEY} }}
    }}
    refundShippingLines(first: 10) {{ nodes {{ subtotalAmountSet {_MONEY} taxAmountSet {_MONEY} }} }}
    transactions(first: 20) {{ nodes {{ status }} }}
  }}
  returns(first: 50) {{
    nodes {{
      id status createdAt decline {{ reason note }}
      returnLineItems(first: 100) {{
        nodes {{
          ... on ReturnLineItem {{
            quantity returnReason returnReasonNote customerNote
            fulfillmentLineItem {{ lineItem {{ id }} }}
          }}
        }}
      }}
    }}
  }}
  disputes {{ id status }}
"""

ORDER = f"query One($id: ID!) {{ order(id: $id) {{ {ORDER_FIELDS} }} }}"

ORDERS = f"""
query Changed($query: String, $after: String) {{
  orders(first: 10, after: $after, query: $query, sortKey: UPDATED_AT) {{
    pageInfo {{ hasNextPage endCursor }}
    nodes {{ {ORDER_FIELDS} }}
  }}
}}
"""

REFUNDS = """
query Refunds($id: ID!) {
  order(id: $id) { refunds(first: 100) { id note } lineItems(first: 250) { nodes { id sku } } }
}
"""

RETURN = """
query Return($id: ID!) {
  return(id: $id) { id status reverseFulfillmentOrders(first: 10) { nodes { id reverseDeliveries(first: 10) {
    nodes { id deliverable { ... on ReverseDeliveryShippingDeliverable { tracking { number } } } } } } } }
}
"""

RETURNABLE = """
query Returnable($id: ID!) {
  returnableFulfillments(orderId: $id, first: 50) { nodes { returnableFulfillmentLineItems(first: 250) {
    nodes { quantity fulfillmentLineItem { id lineItem { sku } } } } } }
}
"""

REFUND_CREATE = """
mutation Refund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { field message } }
}
"""

RETURN_CREATE = """
mutation Create($input: ReturnInput!) {
  returnCreate(returnInput: $input) { return { id } userErrors { field message } }
}
"""

RETURN_APPROVE = """
mutation Approve($input: ReturnApproveRequestInput!) {
  returnApproveRequest(input: $input) { return { id } userErrors { field message } }
}
"""

RETURN_DECLINE = """
mutation Decline($input: ReturnDeclineRequestInput!) {
  returnDeclineRequest(input: $input) { return { id } userErrors { field message } }
}
"""

RETURN_CLOSE = (
    "mutation Close($id: ID!) { returnClose(id: $id) { return { id } userErrors { field message } } }"
)
RETURN_CANCEL = (
    "mutation Cancel($id: ID!) { returnCancel(id: $id) { return { id } userErrors { field message } } }"
)

TRACKING = """
mutation Tracking($order: ID!, $tracking: ReverseDeliveryTrackingInput!) {
  reverseDeliveryCreateWithShipping(reverseFulfillmentOrderId: $order, reverseDeliveryLineItems: [],
    trackingInput: $tracking, notifyCustomer: false) { reverseDelivery { id } userErrors { field message } }
}
"""

TAG = """
mutation Tag($id: ID!, $tags: [String!]!) {
  tagsAdd(id: $id, tags: $tags) { node { id } userErrors { field message } }
}
"""
