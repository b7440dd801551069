<?php

Dict::Add('EN US', 'English', 'English', [
	'Class:UserRequest/Attribute:external_ref' => 'School ticket',
	'Class:UserRequest/Attribute:external_ref+' => 'Written by GroupTicketing: the school, and the ticket\'s number in its tool',
]);
