"""What the book's notebooks import. No answer to any exercise.

numbers, sentence                     the worked numbers; a sentence, and a cell to read it with
plots, tables, orders, flowchart      what pages show; ``widgets`` are the living figures
results, networks                     what the experiments found, and the networks that they trained
series, alice, vowels, heartbeats     recordings and texts
layouts                               an LSTM's parameters as other libraries keep them
selfcheck, resultpage, text           a student's own run of the visible tests, and its page
"""
