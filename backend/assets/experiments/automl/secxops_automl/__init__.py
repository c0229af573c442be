"""AutoGluon over one table, told to the backend as it goes."""
