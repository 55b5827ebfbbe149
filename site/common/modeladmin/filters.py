from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters


class DeclaredFilter(SimpleListFilter):
    """A filter of a list that names every value it takes: what was typed never reaches the database.

    A subclass gives `title`, `parameter_name`, `lookups(request, model_admin)` (pairs of a value and its label; only
    what this person may know of, for the labels are shown) and `narrow(queryset, value)`.
    """

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        declared = {str(value) for value, _label in self.lookup_choices}
        if self.value() is not None and self.value() not in declared:
            raise IncorrectLookupParameters(f"{self.parameter_name} has no such value")

    def queryset(self, request, queryset):
        return queryset if self.value() is None else self.narrow(queryset, self.value())

    def narrow(self, queryset, value):
        """Return the rows of `queryset` that have `value`, one of the declared values as a string."""
        raise NotImplementedError
