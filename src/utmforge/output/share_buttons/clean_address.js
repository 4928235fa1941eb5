  // Analytics reads the tags while the page loads; then they leave the address bar.
  const tidy = () => setTimeout(() => {
    const url = clean(location.href);
    if (url !== location.href) history.replaceState(history.state, "", url);
  }, __AFTER__);
  if (document.readyState === "complete") tidy();
  else addEventListener("load", tidy);
