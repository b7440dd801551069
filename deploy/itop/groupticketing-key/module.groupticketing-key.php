<?php

SetupWebPage::AddModule(
	__FILE__,
	'groupticketing-key/1.0.0',
	[
		'label' => 'GroupTicketing: the school ticket\'s key',
		'category' => 'business',
		'dependencies' => [
			'itop-request-mgmt/3.2.0',
			'itop-profiles-itil/3.2.0',
		],
		'mandatory' => false,
		'visible' => true,
		'datamodel' => [],
		'webservice' => [],
		'dictionary' => [],
		'data.struct' => [],
		'data.sample' => [],
		'doc.manual_setup' => '',
		'doc.more_information' => '',
		'settings' => [],
	]
);
