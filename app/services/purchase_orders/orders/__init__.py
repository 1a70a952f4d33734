"""Orders from requisition on: lines, bands, quotations, approval, versions, sending."""
