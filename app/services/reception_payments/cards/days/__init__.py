"""Each day's card payments and refunds as the provider has them, held against ours."""
