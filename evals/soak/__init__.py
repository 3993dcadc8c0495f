"""Half an hour of steady load on one `desk serve`: memory, open files and threads have to stay where they are."""
