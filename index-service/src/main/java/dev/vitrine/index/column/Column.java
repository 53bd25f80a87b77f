package dev.vitrine.index.column;

/** The values of one field as of one generation; unchanging, for any number of threads. */
sealed interface Column permits NumberColumn, TermColumn {

    PageView pages();
}
