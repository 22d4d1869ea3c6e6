def application_with_sockets(pages):
    return pages
