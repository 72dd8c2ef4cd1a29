"""What the API offers: which calls to make and what their replies mean, one file per dataset."""
