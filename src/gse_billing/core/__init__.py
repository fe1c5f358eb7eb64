"""The ground floor: errors, findings, money, identifiers, dated tables, derivations. It knows nothing of GSE."""
